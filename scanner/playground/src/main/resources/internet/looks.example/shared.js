importScripts('https://looks.example/look.js');
look('shared-worker');
