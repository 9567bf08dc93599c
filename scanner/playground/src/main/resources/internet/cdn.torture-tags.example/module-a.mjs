export const name = "module-a";
