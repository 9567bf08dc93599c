export const name = "module-mapped";
fetch("https://cdn.torture-tags.example/api?from-mapped-module");
