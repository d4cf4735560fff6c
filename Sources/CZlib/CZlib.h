#ifndef CZLIB_H
#define CZLIB_H

#include <zlib.h>

/* deflateInit2 is a macro, which Swift does not see. 16 above the window's bits asks for gzip's frame. */
static inline int czlib_gzip_init(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
}

/* A negative window asks for deflate without a frame, as zip archives hold it. */
static inline int czlib_raw_deflate_init(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

static inline int czlib_raw_inflate_init(z_streamp stream) {
    return inflateInit2(stream, -MAX_WBITS);
}

#endif
