export const name = "module-preloaded";
