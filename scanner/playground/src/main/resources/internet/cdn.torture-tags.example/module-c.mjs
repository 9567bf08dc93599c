export const name = "module-c";
