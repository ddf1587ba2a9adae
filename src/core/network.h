/* The network's weights, as `weights.c` reads them and `network.c` uses them. */

#ifndef ARTICLECLI_NETWORK_H
#define ARTICLECLI_NETWORK_H

#include "core.h"

#define ONE 127
#define AROUND 9      /* what `Lanes.around` gives of a channel */
#define WIDEST 256    /* channels; the models have 96 and 128 */
#define LAYERS 8

/* A matrix without its zeros: output i takes inputs `ends[i - 1] .. ends[i]`. */
typedef struct {
    int rows;
    int *ends, *inputs;
    int32_t *weights, *bias;
} Sparse;

typedef struct {
    int32_t *taps; /* [2][AROUND][width] */
    Sparse mixtures;
    int tap_shift, shift;
} Layer;

typedef struct {
    Py_buffer table; /* which `rows` points into: the file, mapped */
    const uint8_t *rows;
    Py_ssize_t row_count;
    int width, layer_count;
    int32_t *bias;
    Layer layers[LAYERS];
    Sparse out;
} Network;

#endif
