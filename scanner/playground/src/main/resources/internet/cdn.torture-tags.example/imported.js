// imported: a stand-in tag
self.seen = (self.seen || []).concat("imported");
