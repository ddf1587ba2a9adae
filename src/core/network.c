/* Beside `model/network.py`, `lanes.py` and `file.py`: features → a score for every zone.
 *
 * A channel is a run of bytes, one a block (an activation is 0..127), with REACH zeros before and
 * after it, so that a block at the end of a page has neighbours too. A layer is computed TILE blocks
 * at a time: what it needs of them then stays in the processor's cache, and memory grows by two
 * bytes a block and channel. All sums fit in 32 bits: `check` proves it for each model. */

#include "core.h"
#include <string.h>

#define ONE 127
#define MOST 250
#define UNSIGNED 128
#define REACH 22
#define TILE 256
#define AROUND 9      /* what `Lanes.around` gives of a channel */
#define WIDEST 256    /* channels; the models have 32 and 64 */
#define LAYERS 8
#define LIMIT (1 << 30) /* no sum may reach it, as in `lanes.py` */

static const int BLOCKS_OF[AROUND] = {1, 1, 1, 1, 1, 4, 4, 16, 16};

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
    PyObject *table; /* bytes, which `rows` points into */
    const uint8_t *rows;
    Py_ssize_t row_count;
    int width, layer_count;
    int32_t *bias;
    Layer layers[LAYERS];
    Sparse out;
} Network;

/* The weights in a file: 32 bits each, the low byte first. */
typedef struct {
    const unsigned char *at, *end;
} Reader;

static bool read_weights(Reader *from, Py_ssize_t count, int32_t **to)
{
    if ((from->end - from->at) / 4 < count) {
        PyErr_SetString(PyExc_ValueError, "the weights are cut short");
        return false;
    }
    int32_t *made = PyMem_Calloc((size_t)count + 1, sizeof *made);
    if (made == NULL) {
        PyErr_NoMemory();
        return false;
    }
    for (Py_ssize_t i = 0; i < count; i++, from->at += 4)
        made[i] = (int32_t)((uint32_t)from->at[0] | (uint32_t)from->at[1] << 8 |
                            (uint32_t)from->at[2] << 16 | (uint32_t)from->at[3] << 24);
    *to = made;
    return true;
}

/* Read a matrix, and prove that no sum over inputs of at most `reach` leaves its field. */
static bool read_matrix(Reader *from, int rows, int columns, const int64_t *reach, Sparse *to)
{
    int32_t *dense = NULL;
    to->rows = rows;
    if (!read_weights(from, (Py_ssize_t)rows * columns, &dense))
        return false;
    bool fine = read_weights(from, rows, &to->bias);
    size_t live = 0;
    for (Py_ssize_t i = 0; i < (Py_ssize_t)rows * columns; i++)
        live += dense[i] != 0;
    to->ends = PyMem_Calloc((size_t)rows, sizeof *to->ends);
    to->inputs = PyMem_Calloc(live + 1, sizeof *to->inputs);
    to->weights = PyMem_Calloc(live + 1, sizeof *to->weights);
    if (fine && (to->ends == NULL || to->inputs == NULL || to->weights == NULL)) {
        PyErr_NoMemory();
        fine = false;
    }
    int used = 0;
    for (int i = 0; fine && i < rows; i++) {
        int64_t most = to->bias[i] < 0 ? -(int64_t)to->bias[i] : to->bias[i];
        for (int j = 0; j < columns; j++) {
            int64_t weight = dense[(Py_ssize_t)i * columns + j];
            if (weight == 0)
                continue;
            to->inputs[used] = j;
            to->weights[used++] = (int32_t)weight;
            most += (weight < 0 ? -weight : weight) * reach[j];
            if (most >= LIMIT)
                break;
        }
        to->ends[i] = used;
        if (most >= LIMIT) {
            PyErr_SetString(PyExc_ValueError, "a sum of the weights can overflow");
            fine = false;
        }
    }
    PyMem_Free(dense);
    return fine;
}

/* Read the neighbours' weights of a layer; `reach` is filled with what each input can be. */
static bool read_taps(Reader *from, int width, Layer *to, int64_t *reach)
{
    if (!read_weights(from, (Py_ssize_t)2 * AROUND * width, &to->taps))
        return false;
    for (int i = 0; i < width; i++)
        reach[i] = ONE;
    for (int which = 0; which < 2; which++)
        for (int i = 0; i < width; i++) {
            int64_t most = 0;
            for (int k = 0; k < AROUND; k++) {
                int64_t weight = to->taps[(which * AROUND + k) * width + i];
                most += (weight < 0 ? -weight : weight) * BLOCKS_OF[k] * ONE;
            }
            if (most >= LIMIT) {
                PyErr_SetString(PyExc_ValueError, "a sum of the neighbours can overflow");
                return false;
            }
            reach[(which + 1) * width + i] = (most >> to->tap_shift) + 1;
        }
    return true;
}

static void free_sparse(Sparse *matrix)
{
    PyMem_Free(matrix->ends);
    PyMem_Free(matrix->inputs);
    PyMem_Free(matrix->weights);
    PyMem_Free(matrix->bias);
}

static void free_network(Network *network)
{
    for (int i = 0; i < network->layer_count; i++) {
        PyMem_Free(network->layers[i].taps);
        free_sparse(&network->layers[i].mixtures);
    }
    free_sparse(&network->out);
    PyMem_Free(network->bias);
    Py_XDECREF(network->table);
    PyMem_Free(network);
}

static void drop_network(PyObject *capsule)
{
    Network *network = PyCapsule_GetPointer(capsule, NETWORK);
    if (network != NULL)
        free_network(network);
}

/* network(table, width, numbers, shifts): `numbers` as they stand in the file behind the table. */
PyObject *core_network(PyObject *module, PyObject *args)
{
    PyObject *table, *shifts;
    int width;
    const char *numbers, *rows;
    Py_ssize_t size, row_bytes;
    int64_t reach[3 * WIDEST];
    (void)module;
    if (!PyArg_ParseTuple(args, "O!iy#O!", &PyBytes_Type, &table, &width, &numbers, &size,
                          &PyTuple_Type, &shifts))
        return NULL;
    Py_ssize_t layers = PyTuple_Size(shifts);
    if (width < 1 || width > WIDEST || layers > LAYERS)
        return PyErr_Format(PyExc_ValueError, "the network is too large");
    Network *made = PyMem_Calloc(1, sizeof *made);
    if (made == NULL)
        return PyErr_NoMemory();
    Py_INCREF(table);
    made->table = table;
    made->width = width;
    Reader from = {(const unsigned char *)numbers, (const unsigned char *)numbers + size};
    if (PyBytes_AsStringAndSize(table, (char **)&rows, &row_bytes) < 0)
        goto failed;
    made->rows = (const uint8_t *)rows;
    made->row_count = row_bytes / width;
    if (!read_weights(&from, width, &made->bias))
        goto failed;
    for (int i = 0; i < width; i++)
        if (made->bias[i] >= LIMIT / 2 || made->bias[i] <= -LIMIT / 2) {
            PyErr_SetString(PyExc_ValueError, "a bias is too large");
            goto failed;
        }
    for (Py_ssize_t i = 0; i < layers; i++) {
        Layer *layer = &made->layers[made->layer_count++];
        if (!PyArg_ParseTuple(PyTuple_GetItem(shifts, i), "ii", &layer->tap_shift, &layer->shift))
            goto failed;
        if (layer->tap_shift < 0 || layer->tap_shift > 29 || layer->shift < 0 || layer->shift > 29) {
            PyErr_SetString(PyExc_ValueError, "a shift is out of range");
            goto failed;
        }
        if (!read_taps(&from, width, layer, reach) ||
            !read_matrix(&from, width, 3 * width, reach, &layer->mixtures))
            goto failed;
    }
    for (int i = 0; i < width; i++)
        reach[i] = ONE;
    if (!read_matrix(&from, ZONES, width, reach, &made->out))
        goto failed;
    PyObject *capsule = PyCapsule_New(made, NETWORK, drop_network);
    if (capsule != NULL)
        return capsule;
failed:
    free_network(made);
    return NULL;
}

static inline uint8_t clamped(int32_t value)
{
    return (uint8_t)(value < 0 ? 0 : value > ONE ? ONE : value);
}

static bool add_rows(const Network *network, const int32_t *numbers, Py_ssize_t count,
                     int32_t *sums)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        if (numbers[i] < 0 || numbers[i] >= network->row_count)
            return false;
        const uint8_t *row = network->rows + (Py_ssize_t)numbers[i] * network->width;
        for (int j = 0; j < network->width; j++)
            sums[j] += row[j] - UNSIGNED;
    }
    return true;
}

/* The embedding: rows added up, and the sums laid into the channels. */
static bool embed(const Network *network, const Features *features, uint8_t *channels,
                  Py_ssize_t stride)
{
    int width = network->width;
    int32_t page[WIDEST], sums[WIDEST];
    memcpy(page, network->bias, (size_t)width * sizeof *page);
    if (features->page.used > MOST ||
        !add_rows(network, features->page.items, features->page.used, page))
        return false;
    Py_ssize_t at = 0;
    for (Py_ssize_t block = 0; block < features->count; at = features->ends[block++]) {
        Py_ssize_t count = features->ends[block] - at;
        memcpy(sums, page, (size_t)width * sizeof *sums);
        if (!add_rows(network, features->numbers.items + at, count < MOST ? count : MOST, sums))
            return false;
        for (int j = 0; j < width; j++)
            channels[j * stride + REACH + block] = clamped(sums[j]);
    }
    return true;
}

/* A channel, its neighbours, and sums over windows, in the order of the files. */
static void look_around(const uint8_t *a, int count, int32_t near[AROUND][TILE])
{
    for (int b = 0; b < count; b++) {
        near[0][b] = a[b];
        near[1][b] = a[b - 1];
        near[2][b] = a[b + 1];
        near[3][b] = a[b - 2];
        near[4][b] = a[b + 2];
        near[5][b] = a[b - 6] + a[b - 5] + a[b - 4] + a[b - 3];
        near[6][b] = a[b + 3] + a[b + 4] + a[b + 5] + a[b + 6];
    }
    int32_t before = 0, after = 0;
    for (int k = 7; k <= REACH; k++) {
        before += a[-k];
        after += a[k];
    }
    for (int b = 0;; b++) { /* from block to block one comes in and one goes out */
        near[7][b] = before;
        near[8][b] = after;
        if (b == count - 1)
            break;
        before += a[b - 6] - a[b - REACH];
        after += a[b + REACH + 1] - a[b + 7];
    }
}

/* One layer for `count` blocks from `from` on. */
static void mix(const Layer *layer, int width, const uint8_t *in, uint8_t *out, Py_ssize_t stride,
                Py_ssize_t from, int count, int32_t *sums)
{
    int32_t near[AROUND][TILE], total[TILE];
    for (int j = 0; j < width; j++) {
        look_around(in + j * stride + REACH + from, count, near);
        for (int which = 0; which < 2; which++) {
            int32_t *sum = sums + (which * width + j) * TILE;
            memset(sum, 0, sizeof(int32_t) * TILE);
            for (int k = 0; k < AROUND; k++) {
                int32_t weight = layer->taps[(which * AROUND + k) * width + j];
                if (weight != 0)
                    for (int b = 0; b < count; b++)
                        sum[b] += weight * near[k][b];
            }
            for (int b = 0; b < count; b++)
                sum[b] >>= layer->tap_shift; /* rounds down, as Python's does */
        }
    }
    const Sparse *matrix = &layer->mixtures;
    for (int i = 0, at = 0; i < matrix->rows; i++) {
        for (int b = 0; b < count; b++)
            total[b] = matrix->bias[i];
        for (; at < matrix->ends[i]; at++) {
            int32_t weight = matrix->weights[at];
            int input = matrix->inputs[at];
            if (input < width) {
                const uint8_t *channel = in + input * stride + REACH + from;
                for (int b = 0; b < count; b++)
                    total[b] += weight * channel[b];
            } else {
                const int32_t *sum = sums + (input - width) * TILE;
                for (int b = 0; b < count; b++)
                    total[b] += weight * sum[b];
            }
        }
        uint8_t *channel = out + i * stride + REACH + from;
        for (int b = 0; b < count; b++)
            channel[b] = clamped(total[b] >> layer->shift);
    }
}

static void put_out(const Network *network, const uint8_t *in, Py_ssize_t stride, Py_ssize_t count,
                    int32_t *scores)
{
    for (Py_ssize_t b = 0; b < count; b++)
        for (int i = 0, at = 0; i < ZONES; i++) {
            int32_t total = network->out.bias[i];
            for (; at < network->out.ends[i]; at++)
                total += network->out.weights[at] * in[network->out.inputs[at] * stride + REACH + b];
            scores[b * ZONES + i] = total;
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
    int32_t *sums = PyMem_Malloc(sizeof *sums * 2 * (size_t)width * TILE);
    int32_t *scores = PyMem_Calloc((size_t)count + 1, sizeof *scores * ZONES);
    bool fine = true;
    if (in == NULL || out == NULL || sums == NULL || scores == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS /* nothing of Python is touched until the end of it */
    fine = embed(network, features, in, stride);
    for (int i = 0; fine && i < network->layer_count; i++) {
        for (Py_ssize_t from = 0; from < count; from += TILE)
            mix(&network->layers[i], width, in, out, stride, from,
                (int)(count - from < TILE ? count - from : TILE), sums);
        uint8_t *old = in;
        in = out;
        out = old;
    }
    if (fine)
        put_out(network, in, stride, count, scores);
    Py_END_ALLOW_THREADS
    if (fine)
        list = as_rows(scores, count);
    else
        PyErr_SetString(PyExc_ValueError, "a feature has no row");
done:
    PyMem_Free(in);
    PyMem_Free(out);
    PyMem_Free(sums);
    PyMem_Free(scores);
    return list;
}
