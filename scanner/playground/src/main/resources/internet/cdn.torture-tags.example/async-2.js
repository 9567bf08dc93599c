// async-2: a stand-in tag
self.seen = (self.seen || []).concat("async-2");
