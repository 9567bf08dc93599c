// defer-1: a stand-in tag
self.seen = (self.seen || []).concat("defer-1");
