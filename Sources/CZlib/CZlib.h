#ifndef CZLIB_H
#define CZLIB_H

#include <zlib.h>

/* deflateInit2 is a macro, which Swift does not see. 16 above the window's bits asks for gzip's frame. */
static inline int czlib_gzip_init(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
