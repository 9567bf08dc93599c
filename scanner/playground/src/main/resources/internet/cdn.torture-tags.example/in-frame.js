// in-frame: a stand-in tag
self.seen = (self.seen || []).concat("in-frame");
