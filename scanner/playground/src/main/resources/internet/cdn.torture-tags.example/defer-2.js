// defer-2: a stand-in tag
self.seen = (self.seen || []).concat("defer-2");
