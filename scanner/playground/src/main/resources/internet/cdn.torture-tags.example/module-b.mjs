export const name = "module-b";
