// Reading gzip.
#include <zlib.h>

// inflateInit2 is a macro, which Swift does not import; 16 more than the window takes gzip and nothing else.
static inline int copylint_inflate_gzip_init(z_stream *stream) { return inflateInit2(stream, 16 + MAX_WBITS); }
