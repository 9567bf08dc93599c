// Forbidden by the policies of the pages that name it.
