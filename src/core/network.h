/* The network's weights, as `weights.c` reads them and `network.c` uses them. */

#ifndef ARTICLECLI_NETWORK_H
#define ARTICLECLI_NETWORK_H

#include "core.h"

#define ONE 127
#define AROUND 9      /* what `Lanes.around` gives of a channel */
#define WIDEST 256    /* channels; the models have 96 and 128 */
#define LAYERS 8
#define AT_ONCE 2     /* inputs that are weighed together */

/* A matrix without its zeros: output i takes inputs `ends[i - 1] .. ends[i]`, a multiple of AT_ONCE
 * of them, for which some weights of zero stand at the end. All are whole numbers. */
typedef struct {
    int *ends;
    uint16_t *inputs;
    int16_t *weights;
    int32_t *bias;
} Sparse;

typedef struct {
    Sparse taps; /* of each channel, and once more: over what stands around a block */
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
