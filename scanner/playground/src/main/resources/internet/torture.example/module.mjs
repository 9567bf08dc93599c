import {name} from "https://cdn.torture-tags.example/module-a.mjs";
document.body.dataset.own = name;
