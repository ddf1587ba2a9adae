/* Beside `model/network.py` and `lanes.py`: features → a score for every zone.
 *
 * A channel is a run of bytes, one a block (an activation is 0..127), with REACH zeros before and
 * after it, so that a block at the end of a page has neighbours too. A layer is computed TILE blocks
 * at a time: what it needs of them then stays in the processor's cache, and memory grows by two
 * bytes a block and channel.
 *
 * Sums are of floats, as every processor multiplies several of them at once. All are whole numbers
 * that a float holds exactly, in whatever order they are added up: `weights.c` proves it for each
 * model. */

#include "network.h"
#include <string.h>

#define MOST 250
#define UNSIGNED 128
#define REACH 22
#define TILE 256
#ifdef __GNUC__
#define FETCH(at) __builtin_prefetch(at)
#else
#define FETCH(at) (void)(at)
#endif

static inline uint8_t clamped(int32_t value)
{
    return (uint8_t)(value < 0 ? 0 : value > ONE ? ONE : value);
}

static const uint8_t *row_of(const Network *network, int32_t number)
{
    return number < 0 || number >= network->row_count
               ? NULL
               : network->rows + (Py_ssize_t)number * network->width;
}

/* Adds rows up as they stand, each weight plus 128: MOST of them stay in 16 bits. */
static bool add_rows(const Network *network, const int32_t *numbers, Py_ssize_t count,
                     uint16_t *restrict sums)
{
    int width = network->width;
    memset(sums, 0, (size_t)width * sizeof *sums);
    for (; count % AT_ONCE; count--) {
        const uint8_t *row = row_of(network, *numbers++);
        if (row == NULL)
            return false;
        for (int j = 0; j < width; j++)
            sums[j] = (uint16_t)(sums[j] + row[j]);
    }
    for (; count; count -= AT_ONCE) {
        const uint8_t *a = row_of(network, *numbers++), *b = row_of(network, *numbers++);
        const uint8_t *c = row_of(network, *numbers++), *d = row_of(network, *numbers++);
        if (a == NULL || b == NULL || c == NULL || d == NULL)
            return false;
        for (int j = 0; j < width; j++)
            sums[j] = (uint16_t)(sums[j] + (uint16_t)(a[j] + b[j]) + (uint16_t)(c[j] + d[j]));
    }
    return true;
}

/* Asks for the rows of the next block while those of this one are added up: the table is larger
 * than most caches. */
static void fetch_rows(const Network *network, const int32_t *numbers, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count && i < MOST; i++) {
        const uint8_t *row = row_of(network, numbers[i]);
        for (int j = 0; row != NULL && j < network->width; j += 64)
            FETCH(row + j);
    }
}

/* The embedding: rows added up, and the sums laid into the channels. */
static bool embed(const Network *network, const Features *features, uint8_t *channels,
                  Py_ssize_t stride)
{
    int width = network->width;
    int32_t page[WIDEST];
    uint16_t sums[WIDEST];
    uint8_t own[WIDEST];
    if (features->page.used > MOST ||
        !add_rows(network, features->page.items, features->page.used, sums))
        return false;
    for (int j = 0; j < width; j++)
        page[j] = network->bias[j] + sums[j] - UNSIGNED * (int32_t)features->page.used;
    Py_ssize_t at = 0;
    for (Py_ssize_t block = 0; block < features->count; at = features->ends[block++]) {
        Py_ssize_t all = features->ends[block] - at, count = all < MOST ? all : MOST;
        if (block + 1 < features->count)
            fetch_rows(network, features->numbers.items + at + all,
                       features->ends[block + 1] - features->ends[block]);
        if (!add_rows(network, features->numbers.items + at, count, sums))
            return false;
        for (int j = 0; j < width; j++)
            own[j] = clamped(page[j] + sums[j] - UNSIGNED * (int32_t)count);
        for (int j = 0; j < width; j++)
            channels[j * stride + REACH + block] = own[j];
    }
    return true;
}

/* Bias and weighted sum of some of the inputs, of `count` blocks. */
static void weigh(const Sparse *matrix, int row, const float *const *inputs, int count,
                  float *restrict total)
{
    for (int b = 0; b < count; b++)
        total[b] = matrix->bias[row];
    for (int at = row ? matrix->ends[row - 1] : 0; at < matrix->ends[row]; at += AT_ONCE) {
        const int *which = matrix->inputs + at;
        const float *weights = matrix->weights + at;
        const float *x0 = inputs[which[0]], *x1 = inputs[which[1]];
        const float *x2 = inputs[which[2]], *x3 = inputs[which[3]];
        float w0 = weights[0], w1 = weights[1], w2 = weights[2], w3 = weights[3];
        for (int b = 0; b < count; b++)
            total[b] += (w0 * x0[b] + w1 * x1[b]) + (w2 * x2[b] + w3 * x3[b]);
    }
}

/* A channel as numbers, from REACH blocks before a tile to REACH after it. */
static void read_channel(const uint8_t *from, int count, float *restrict to)
{
    for (int b = 0; b < count + 2 * REACH; b++)
        to[b] = from[b];
}

/* Sums of four that stand `apart` from each other. */
static void add_four(const float *restrict from, int count, int apart, float *restrict to)
{
    /* Pointers of their own: of `b + apart` a compiler cannot tell that it does not wrap. */
    const float *second = from + apart, *third = second + apart, *fourth = third + apart;
    for (int b = 0; b < count; b++)
        to[b] = (from[b] + second[b]) + (third[b] + fourth[b]);
}

/* Blocks of the tile that begins at one. */
static int tile_at(Py_ssize_t from, Py_ssize_t count)
{
    return (int)(count - from < TILE ? count - from : TILE);
}

/* What is worked with while a tile is computed. */
typedef struct {
    float channels[WIDEST][TILE + 2 * REACH], sums[2 * WIDEST][TILE];
    float four[TILE + 2 * REACH], sixteen[TILE + 2 * REACH], total[TILE];
    const float *inputs[3 * WIDEST];
} Bench;

/* The two sums over a channel's neighbours. */
static void look_around(const Layer *layer, int width, int j, int count, Bench *bench)
{
    const float *a = bench->channels[j] + REACH;
    const float *before = bench->four + REACH - 6, *after = bench->four + REACH + 3;
    const float *wide_before = bench->sixteen, *wide_after = bench->sixteen + REACH + 7;
    /* In the order of the files. */
    const float *around[AROUND] = {a,      a - 1, a + 1,       a - 2,     a + 2,
                                   before, after, wide_before, wide_after};
    add_four(bench->channels[j], count + 2 * REACH - 3, 1, bench->four);
    add_four(bench->four, count + 2 * REACH - 15, 4, bench->sixteen);
    for (int which = 0; which < 2; which++) {
        float *restrict sum = bench->sums[which * width + j];
        int shift = layer->tap_shift;
        weigh(&layer->taps, which * width + j, around, count, sum);
        for (int b = 0; b < count; b++)
            sum[b] = (float)((int32_t)sum[b] >> shift); /* rounds down, as Python does */
    }
}

/* One layer for `count` blocks from `from` on. */
static void mix(const Layer *layer, int width, const uint8_t *in, uint8_t *out, Py_ssize_t stride,
                Py_ssize_t from, int count, Bench *bench)
{
    for (int j = 0; j < width; j++)
        read_channel(in + j * stride + from, count, bench->channels[j]);
    for (int j = 0; j < width; j++) {
        look_around(layer, width, j, count, bench);
        bench->inputs[j] = bench->channels[j] + REACH;
        bench->inputs[width + j] = bench->sums[j];
        bench->inputs[2 * width + j] = bench->sums[width + j];
    }
    for (int i = 0; i < width; i++) {
        uint8_t *channel = out + i * stride + REACH + from;
        int shift = layer->shift;
        weigh(&layer->mixtures, i, bench->inputs, count, bench->total);
        for (int b = 0; b < count; b++)
            channel[b] = clamped((int32_t)bench->total[b] >> shift);
    }
}

/* The scores of `count` blocks from `from` on. */
static void put_out(const Network *network, const uint8_t *in, Py_ssize_t stride, Py_ssize_t from,
                    int count, Bench *bench, int32_t *scores)
{
    for (int j = 0; j < network->width; j++) {
        read_channel(in + j * stride + from, count, bench->channels[j]);
        bench->inputs[j] = bench->channels[j] + REACH;
    }
    for (int i = 0; i < ZONES; i++) {
        weigh(&network->out, i, bench->inputs, count, bench->total);
        for (int b = 0; b < count; b++)
            scores[(from + b) * ZONES + i] = (int32_t)bench->total[b];
    }
}

static PyObject *as_rows(const int32_t *scores, Py_ssize_t count)
{
    PyObject *list = PyList_New(count);
    for (Py_ssize_t b = 0; list != NULL && b < count; b++) {
        PyObject *row = PyTuple_New(ZONES);
        for (int i = 0; row != NULL && i < ZONES; i++) {
            PyObject *score = PyLong_FromLong(scores[b * ZONES + i]);
            if (score == NULL || PyTuple_SetItem(row, i, score) < 0)
                Py_CLEAR(row);
        }
        if (row == NULL || PyList_SetItem(list, b, row) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* scores(network, features) → a tuple of twelve a block. */
PyObject *core_scores(PyObject *module, PyObject *args)
{
    PyObject *given, *seen, *list = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO", &given, &seen))
        return NULL;
    const Network *network = held(given, NETWORK);
    const Features *features = network == NULL ? NULL : held(seen, FEATURES);
    if (features == NULL)
        return NULL;
    Py_ssize_t count = features->count, stride = count + 2 * REACH;
    int width = network->width;
    if (count > PY_SSIZE_T_MAX / (8 * (WIDEST + ZONES)) - 2 * REACH)
        return PyErr_NoMemory();
    uint8_t *in = PyMem_Calloc((size_t)width, (size_t)stride);
    uint8_t *out = PyMem_Calloc((size_t)width, (size_t)stride);
    Bench *bench = PyMem_Malloc(sizeof *bench);
    int32_t *scores = PyMem_Malloc(((size_t)count + 1) * sizeof *scores * ZONES);
    bool fine = true;
    if (in == NULL || out == NULL || bench == NULL || scores == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS /* nothing of Python is touched until the end of it */
    fine = embed(network, features, in, stride);
    for (int i = 0; fine && i < network->layer_count; i++) {
        for (Py_ssize_t from = 0; from < count; from += TILE)
            mix(&network->layers[i], width, in, out, stride, from, tile_at(from, count), bench);
        uint8_t *old = in;
        in = out;
        out = old;
    }
    for (Py_ssize_t from = 0; fine && from < count; from += TILE)
        put_out(network, in, stride, from, tile_at(from, count), bench, scores);
    Py_END_ALLOW_THREADS
    if (fine)
        list = as_rows(scores, count);
    else
        PyErr_SetString(PyExc_ValueError, "a feature has no row");
done:
    PyMem_Free(in);
    PyMem_Free(out);
    PyMem_Free(bench);
    PyMem_Free(scores);
    return list;
}
