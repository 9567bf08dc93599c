// async-1: a stand-in tag
self.seen = (self.seen || []).concat("async-1");
