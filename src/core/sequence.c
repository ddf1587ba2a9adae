/* Beside `model/viterbi.py`: scores → the likeliest sequence of zones, and how sure each is. */

#include "attributes.h"

#define HIGHEST ((int64_t)1 << 40) /* of a score; sums of three stay far from 64 bits */
#define MILLION 1000000

enum { AT_scores, AT_zone, AT_by, ATTRIBUTE_COUNT };

/* What `viterbi.py` hands over: see there. */
typedef struct {
    int64_t change[ZONES][ZONES];
    int64_t near, useful;
    Py_buffer tables[2];
    const int64_t *coarse, *fine; /* tables of odds */
    int step_bits, lose;
    PyObject *make, *zones, *unit, *temperature, *model; /* what a verdict is made of */
    Attribute at[ATTRIBUTE_COUNT];
} Decoder;

static const char DECODER[] = "articlecli.decoder";
static const char *const NAMES[] = {"scores", "zone", "by"};

/* What is remembered of a block for the way back. */
typedef struct {
    int64_t scores[ZONES];
    int64_t top;
    uint16_t near; /* a bit a zone */
    uint8_t before[ZONES];
} Step;

static bool read_row(PyObject *row, Step *to)
{
    if (!PyTuple_Check(row) || PyTuple_Size(row) != ZONES) {
        PyErr_SetString(PyExc_ValueError, "a block has another number of scores");
        return false;
    }
    for (int i = 0; i < ZONES; i++) {
        PyObject *item = PyTuple_GetItem(row, i);
        if (!PyLong_Check(item)) { /* what is asked for its number could take the rows away */
            PyErr_SetString(PyExc_TypeError, "a score is a whole number");
            return false;
        }
        int64_t score = PyLong_AsLongLong(item);
        if (score == -1 && PyErr_Occurred())
            return false;
        if (score > HIGHEST || score < -HIGHEST) {
            PyErr_SetString(PyExc_OverflowError, "a score is too large");
            return false;
        }
        to->scores[i] = score;
        if (i == 0 || score > to->top)
            to->top = score;
    }
    return true;
}

/* Zones whose score is less than `by` below the best one. */
static uint16_t above(const Step *step, int64_t by)
{
    uint16_t found = 0;
    for (int zone = 0; zone < ZONES; zone++)
        if (step->scores[zone] > step->top - by)
            found |= (uint16_t)(1u << zone);
    return found;
}

/* The best way to each zone of a block, in `best`; `tried` tells which of its places count. */
static void advance(const Decoder *decoder, Step *step, bool first, int64_t *best, uint16_t *tried)
{
    int64_t fresh[ZONES] = {0}, most = 0;
    uint16_t zones;
    step->near = above(step, decoder->near);
    zones = step->near & (step->near - 1) ? step->near & above(step, decoder->useful) : step->near;
    bool any = false;
    for (int zone = 0; zone < ZONES; zone++) {
        if (!(zones >> zone & 1))
            continue;
        int64_t total = 0;
        int before = -1;
        for (int other = 0; !first && other < ZONES; other++) {
            if (!(*tried >> other & 1))
                continue;
            int64_t value = best[other] + decoder->change[other][zone];
            if (before < 0 || value > total) {
                before = other;
                total = value;
            }
        }
        step->before[zone] = (uint8_t)(before < 0 ? 0 : before);
        fresh[zone] = total + step->scores[zone];
        if (!any || fresh[zone] > most)
            most = fresh[zone];
        any = true;
    }
    /* Only differences count; without this a long page could leave 64 bits. */
    for (int zone = 0; zone < ZONES; zone++)
        best[zone] = fresh[zone] - most;
    *tried = zones;
}

/* Unsigned, since tables that are none of ours might leave 63 bits. */
static uint64_t odds(const Decoder *decoder, int64_t below)
{
    int64_t mask = ((int64_t)1 << decoder->step_bits) - 1;
    uint64_t coarse = (uint64_t)decoder->coarse[below >> decoder->step_bits];
    return coarse * (uint64_t)decoder->fine[below & mask] >> decoder->lose;
}

/* Probability of a zone that counts, in millionths. */
static long probability(const Decoder *decoder, const Step *step, int zone)
{
    uint64_t own = 0, total = 0;
    for (int other = 0; other < ZONES; other++)
        if (step->near >> other & 1) {
            uint64_t weight = odds(decoder, step->top - step->scores[other]);
            total += weight;
            if (other == zone)
                own = weight;
        }
    return total << 1 > 0 ? (long)((2 * MILLION * own + total) / (total << 1)) : 0;
}

static bool read_tables(Decoder *to, PyObject *transitions)
{
    for (int i = 0; i < ZONES; i++) {
        PyObject *row = PyTuple_Size(transitions) == ZONES ? PyTuple_GetItem(transitions, i) : NULL;
        Step read = {{0}, 0, 0, {0}};
        if (row == NULL || !read_row(row, &read)) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "transitions are of another number of zones");
            return false;
        }
        for (int j = 0; j < ZONES; j++)
            to->change[i][j] = read.scores[j];
    }
    const Py_buffer *coarse = &to->tables[0], *fine = &to->tables[1];
    to->coarse = coarse->buf;
    to->fine = fine->buf;
    /* A zone that counts lies less than `near` below the best one. */
    Py_ssize_t item = (Py_ssize_t)sizeof(int64_t), entries = coarse->len / item;
    if (to->near < 1 || to->useful < 1 || to->step_bits < 1 || to->step_bits > 20 ||
        to->lose < 0 || to->lose > 62 || coarse->itemsize != item || fine->itemsize != item ||
        to->near >> to->step_bits >= entries ||
        fine->len / item < (Py_ssize_t)1 << to->step_bits) {
        PyErr_SetString(PyExc_ValueError, "the tables of odds are of another size");
        return false;
    }
    return true;
}

static void free_decoder(Decoder *decoder)
{
    PyObject *owned[] = {decoder->make, decoder->zones, decoder->unit, decoder->temperature,
                         decoder->model};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        Py_XDECREF(owned[i]);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        Py_XDECREF(decoder->at[i].member);
    for (int i = 0; i < 2; i++)
        PyBuffer_Release(&decoder->tables[i]);
    PyMem_Free(decoder);
}

static void drop_decoder(PyObject *capsule)
{
    Decoder *decoder = PyCapsule_GetPointer(capsule, DECODER);
    if (decoder != NULL)
        free_decoder(decoder);
}

/* decoder(make, zones, unit, temperature, model, transitions, (near, useful), (coarse, fine),
 *         step_bits, lose): `model` says who says so. */
PyObject *core_decoder(PyObject *module, PyObject *args)
{
    PyObject *make, *zones, *unit, *temperature, *model, *transitions, *capsule = NULL;
    long long near, useful;
    Decoder *made = PyMem_Calloc(1, sizeof *made);
    (void)module;
    if (made == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "OO!O!O!UO!(LL)(y*y*)ii", &make, &PyTuple_Type, &zones,
                          &PyFloat_Type, &unit, &PyFloat_Type, &temperature, &model, &PyTuple_Type,
                          &transitions, &near, &useful, &made->tables[0], &made->tables[1],
                          &made->step_bits, &made->lose))
        goto done;
    if (PyTuple_Size(zones) != ZONES) {
        PyErr_SetString(PyExc_ValueError, "there is another number of zones");
        goto done;
    }
    made->near = near;
    made->useful = useful;
    PyObject *from[] = {make, zones, unit, temperature, model};
    PyObject **to[] = {&made->make, &made->zones, &made->unit, &made->temperature, &made->model};
    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        Py_INCREF(from[i]);
        *to[i] = from[i];
    }
    bool fine = read_tables(made, transitions);
    for (int i = 0; fine && i < ATTRIBUTE_COUNT; i++)
        fine = find_attribute(&made->at[i], make, NAMES[i]);
    if (fine)
        capsule = PyCapsule_New(made, DECODER, drop_decoder);
done:
    if (capsule == NULL)
        free_decoder(made);
    return capsule;
}

/* The zone of each block, in `before[0]` of its step: nothing else is asked of that any more. */
static void find_way(Step *steps, Py_ssize_t count, const int64_t *best, uint16_t tried)
{
    int zone = 0;
    for (int other = 0; count > 0 && other < ZONES; other++)
        if (tried >> other & 1 && (!(tried >> zone & 1) || best[other] > best[zone]))
            zone = other;
    for (Py_ssize_t i = count - 1; i >= 0; i--) {
        int before = steps[i].before[zone];
        steps[i].before[0] = (uint8_t)zone;
        zone = before;
    }
}

static PyObject *verdict_of(const Decoder *decoder, const Step *step, PyObject *row, PyObject *by)
{
    int zone = step->before[0];
    PyObject *share = PyFloat_FromDouble((double)probability(decoder, step, zone) / MILLION);
    if (share == NULL)
        return NULL;
    PyObject *values = PyTuple_Pack(6, PyTuple_GetItem(decoder->zones, zone), share, row,
                                    decoder->unit, decoder->temperature, by);
    PyObject *made = values ? PyObject_CallObject(decoder->make, values) : NULL;
    Py_DECREF(share);
    Py_XDECREF(values);
    return made;
}

static Step *new_steps(Py_ssize_t count)
{
    Step *steps = PyMem_Calloc((size_t)count + 1, sizeof *steps);
    if (steps == NULL)
        PyErr_NoMemory();
    return steps;
}

/* decode(decoder, scores) → verdicts. */
PyObject *core_decode(PyObject *module, PyObject *args)
{
    PyObject *given, *scores, *tuple = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!", &given, &PyList_Type, &scores))
        return NULL;
    const Decoder *decoder = held(given, DECODER);
    Py_ssize_t count = PyList_Size(scores);
    Step *steps = decoder ? new_steps(count) : NULL;
    if (steps == NULL)
        return NULL;
    int64_t best[ZONES];
    uint16_t tried = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!read_row(PyList_GetItem(scores, i), &steps[i]))
            goto done;
        advance(decoder, &steps[i], i == 0, best, &tried);
    }
    find_way(steps, count, best, tried);
    tuple = PyTuple_New(count);
    for (Py_ssize_t i = 0; tuple != NULL && i < count; i++) {
        PyObject *row = PyList_GetItem(scores, i);
        PyObject *made = row ? verdict_of(decoder, &steps[i], row, decoder->model) : NULL;
        if (made == NULL || PyTuple_SetItem(tuple, i, made) < 0)
            Py_CLEAR(tuple);
    }
done:
    PyMem_Free(steps);
    return tuple;
}

/* A step with what each zone of another one gains. */
static void gain(const Step *from, const int64_t *gains, Step *to)
{
    for (int zone = 0; zone < ZONES; zone++) {
        to->scores[zone] = from->scores[zone] + gains[zone];
        if (zone == 0 || to->scores[zone] > to->top)
            to->top = to->scores[zone];
    }
}

static PyObject *decided_again(const Decoder *decoder, const Step *step, PyObject *old, PyObject *by)
{
    PyObject *made = NULL, *row = PyTuple_New(ZONES);
    PyObject *zone = value_of(&decoder->at[AT_zone], old);
    PyObject *before = value_of(&decoder->at[AT_by], old);
    bool fine = row != NULL && zone != NULL && before != NULL;
    for (int i = 0; fine && i < ZONES; i++) {
        PyObject *score = PyLong_FromLongLong(step->scores[i]);
        fine = score != NULL && PyTuple_SetItem(row, i, score) == 0;
    }
    if (fine) {
        bool same = zone == PyTuple_GetItem(decoder->zones, step->before[0]);
        made = verdict_of(decoder, step, row, same ? before : by);
    }
    Py_XDECREF(row);
    Py_XDECREF(zone);
    Py_XDECREF(before);
    return made;
}

/* What `enough` says of the zones; -1 with an exception. */
static int ask_enough(const Decoder *decoder, const Step *steps, Py_ssize_t count, PyObject *enough)
{
    PyObject *zones = PyList_New(count);
    for (Py_ssize_t i = 0; zones != NULL && i < count; i++) {
        PyObject *zone = PyTuple_GetItem(decoder->zones, steps[i].before[0]);
        Py_INCREF(zone);
        if (PyList_SetItem(zones, i, zone) < 0)
            Py_CLEAR(zones);
    }
    PyObject *said = zones ? PyObject_CallFunctionObjArgs(enough, zones, NULL) : NULL;
    int truth = said ? PyObject_IsTrue(said) : -1;
    Py_XDECREF(zones);
    Py_XDECREF(said);
    return truth;
}

/* decode_again(decoder, verdicts, gains, enough, by) → verdicts; gains are a tuple a step. */
PyObject *core_decode_again(PyObject *module, PyObject *args)
{
    PyObject *given, *verdicts, *gains, *enough, *by, *tuple = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!O!OU", &given, &PyTuple_Type, &verdicts, &PyTuple_Type, &gains,
                          &enough, &by))
        return NULL;
    const Decoder *decoder = held(given, DECODER);
    Py_ssize_t count = PyTuple_Size(verdicts), last = PyTuple_Size(gains) - 1;
    if (decoder != NULL && last < 0)
        PyErr_SetString(PyExc_ValueError, "there is no step");
    Step *given_steps = decoder && last >= 0 ? new_steps(count) : NULL;
    Step *steps = given_steps ? new_steps(count) : NULL;
    bool fine = steps != NULL;
    for (Py_ssize_t i = 0; fine && i < count; i++) {
        PyObject *row = value_of(&decoder->at[AT_scores], PyTuple_GetItem(verdicts, i));
        fine = row != NULL && read_row(row, &given_steps[i]);
        Py_XDECREF(row);
    }
    int done = 0;
    for (Py_ssize_t at = 0; fine && !done && at <= last; at++) {
        int64_t best[ZONES];
        uint16_t tried = 0;
        Step more = {{0}, 0, 0, {0}};
        fine = read_row(PyTuple_GetItem(gains, at), &more);
        for (Py_ssize_t i = 0; fine && i < count; i++) {
            gain(&given_steps[i], more.scores, &steps[i]);
            advance(decoder, &steps[i], i == 0, best, &tried);
        }
        if (fine) {
            find_way(steps, count, best, tried);
            done = at == last ? 1 : ask_enough(decoder, steps, count, enough);
            fine = done >= 0;
        }
    }
    tuple = fine ? PyTuple_New(count) : NULL;
    for (Py_ssize_t i = 0; tuple != NULL && i < count; i++) {
        PyObject *made = decided_again(decoder, &steps[i], PyTuple_GetItem(verdicts, i), by);
        if (made == NULL || PyTuple_SetItem(tuple, i, made) < 0)
            Py_CLEAR(tuple);
    }
    PyMem_Free(given_steps);
    PyMem_Free(steps);
    return tuple;
}
