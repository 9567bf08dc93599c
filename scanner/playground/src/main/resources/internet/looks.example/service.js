importScripts('https://looks.example/look.js');
self.addEventListener('install', event => event.waitUntil(look('service-worker')));
