importScripts('https://looks.example/look.js');
look('worker');
