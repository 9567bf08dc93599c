// in-srcdoc: a stand-in tag
self.seen = (self.seen || []).concat("in-srcdoc");
