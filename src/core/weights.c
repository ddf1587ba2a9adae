/* Beside `model/file.py`: the weights of the network, read and proved to be safe.
 *
 * No sum may reach LIMIT, and no weight or input of a sum NARROW. `python -m lab export` proves that of the models that it writes; here it
 * is proved of whatever comes in, so that `network.c` need not look. */

#include "network.h"

#define LIMIT (1 << 24) /* as in `lanes.py` */
#define NARROW (1 << 15)

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

/* A matrix of `rows` outputs without inputs, which is filled row by row. */
static bool open_sparse(int rows, int columns, Sparse *to)
{
    size_t most = (size_t)rows * (size_t)(columns + AT_ONCE - 1);
    to->ends = PyMem_Calloc((size_t)rows, sizeof *to->ends);
    to->bias = PyMem_Calloc((size_t)rows, sizeof *to->bias);
    to->inputs = PyMem_Calloc(most, sizeof *to->inputs);
    to->weights = PyMem_Calloc(most, sizeof *to->weights);
    if (to->ends && to->bias && to->inputs && to->weights)
        return true;
    PyErr_NoMemory();
    return false;
}

/* Fill a row, whose weights stand `apart`; the most that its sum can be, of inputs of at most
 * `reach`. That is LIMIT where a weight is too large. */
static int64_t fill_row(Sparse *to, int row, int32_t bias, const int32_t *weights, int columns,
                        int apart, const int64_t *reach)
{
    int used = row ? to->ends[row - 1] : 0;
    int64_t most = bias < 0 ? -(int64_t)bias : bias;
    to->bias[row] = bias;
    for (int j = 0; j < columns && most < LIMIT; j++) {
        int64_t weight = weights[(Py_ssize_t)j * apart];
        if (weight == 0)
            continue;
        if (weight >= NARROW || weight <= -NARROW)
            return LIMIT;
        to->inputs[used] = (uint16_t)j;
        to->weights[used++] = (int16_t)weight;
        most += (weight < 0 ? -weight : weight) * reach[j];
    }
    to->ends[row] = (used + AT_ONCE - 1) / AT_ONCE * AT_ONCE;
    return most;
}

/* Read a matrix, and prove that no sum over inputs of at most `reach` is too large. */
static bool read_matrix(Reader *from, int rows, int columns, const int64_t *reach, Sparse *to)
{
    int32_t *dense = NULL, *bias = NULL;
    bool fine = open_sparse(rows, columns, to) &&
                read_weights(from, (Py_ssize_t)rows * columns, &dense) &&
                read_weights(from, rows, &bias);
    for (int i = 0; fine && i < rows; i++)
        if (fill_row(to, i, bias[i], dense + (Py_ssize_t)i * columns, columns, 1, reach) >= LIMIT) {
            PyErr_SetString(PyExc_ValueError, "a sum of the weights can overflow");
            fine = false;
        }
    PyMem_Free(dense);
    PyMem_Free(bias);
    return fine;
}

/* Read the neighbours' weights of a layer; `reach` is filled with what each input can be. */
static bool read_taps(Reader *from, int width, Layer *to, int64_t *reach)
{
    static const int64_t REACHES[AROUND] = {ONE,     ONE,     ONE,      ONE,     ONE,
                                            4 * ONE, 4 * ONE, 16 * ONE, 16 * ONE};
    int32_t *taps = NULL;
    bool fine = open_sparse(2 * width, AROUND, &to->taps) &&
                read_weights(from, (Py_ssize_t)2 * AROUND * width, &taps);
    for (int i = 0; i < width; i++)
        reach[i] = ONE;
    for (int i = 0; fine && i < 2 * width; i++) {
        const int32_t *first = taps + (i < width ? i : AROUND * width + i - width);
        int64_t most = fill_row(&to->taps, i, 0, first, AROUND, width, REACHES);
        reach[width + i] = (most >> to->tap_shift) + 1;
        if (most >= LIMIT || reach[width + i] >= NARROW) {
            PyErr_SetString(PyExc_ValueError, "a sum of the neighbours can overflow");
            fine = false;
        }
    }
    PyMem_Free(taps);
    return fine;
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
        free_sparse(&network->layers[i].taps);
        free_sparse(&network->layers[i].mixtures);
    }
    free_sparse(&network->out);
    PyMem_Free(network->bias);
    PyBuffer_Release(&network->table);
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
    PyObject *shifts, *capsule = NULL;
    Py_buffer numbers = {0};
    int64_t reach[3 * WIDEST];
    (void)module;
    Network *made = PyMem_Calloc(1, sizeof *made);
    if (made == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "y*iy*O!", &made->table, &made->width, &numbers, &PyTuple_Type,
                          &shifts))
        goto done;
    int width = made->width;
    Py_ssize_t layers = PyTuple_Size(shifts);
    if (width < 1 || width > WIDEST || layers > LAYERS) {
        PyErr_SetString(PyExc_ValueError, "the network is too large");
        goto done;
    }
    Reader from = {numbers.buf, (const unsigned char *)numbers.buf + numbers.len};
    made->rows = made->table.buf;
    made->row_count = made->table.len / width;
    if (!read_weights(&from, width, &made->bias))
        goto done;
    for (int i = 0; i < width; i++)
        if (made->bias[i] >= LIMIT / 2 || made->bias[i] <= -LIMIT / 2) {
            PyErr_SetString(PyExc_ValueError, "a sum of the embedding can overflow");
            goto done;
        }
    for (Py_ssize_t i = 0; i < layers; i++) {
        Layer *layer = &made->layers[made->layer_count++];
        if (!PyArg_ParseTuple(PyTuple_GetItem(shifts, i), "ii", &layer->tap_shift, &layer->shift))
            goto done;
        if (layer->tap_shift < 0 || layer->tap_shift > 29 || layer->shift < 0 || layer->shift > 29) {
            PyErr_SetString(PyExc_ValueError, "a shift is out of range");
            goto done;
        }
        if (!read_taps(&from, width, layer, reach) ||
            !read_matrix(&from, width, 3 * width, reach, &layer->mixtures))
            goto done;
    }
    for (int i = 0; i < width; i++)
        reach[i] = ONE;
    if (!read_matrix(&from, ZONES, width, reach, &made->out))
        goto done;
    capsule = PyCapsule_New(made, NETWORK, drop_network);
done:
    PyBuffer_Release(&numbers);
    if (capsule == NULL)
        free_network(made);
    return capsule;
}
