import { name } from "https://cdn.torture-tags.example/module-a.mjs";
fetch("https://cdn.torture-tags.example/api?module-worker=" + name);
