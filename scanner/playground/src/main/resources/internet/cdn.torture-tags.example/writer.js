document.write("<script src=\"https://cdn.torture-tags.example/written.js\"><\/script>");
