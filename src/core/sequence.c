/* Beside `model/viterbi.py`: scores → the likeliest sequence of zones, and how sure each is. */

#include "core.h"

#define HIGHEST ((int64_t)1 << 40) /* of a score; sums of three stay far from 64 bits */
#define MILLION 1000000

/* What `viterbi.py` hands over: see there. */
typedef struct {
    int64_t change[ZONES][ZONES];
    int64_t near, useful;
    const int64_t *coarse, *fine; /* tables of odds */
    int step_bits, lose;
} Rules;

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
static void advance(const Rules *rules, Step *step, bool first, int64_t *best, uint16_t *tried)
{
    int64_t fresh[ZONES] = {0}, most = 0;
    uint16_t zones;
    step->near = above(step, rules->near);
    zones = step->near & (step->near - 1) ? step->near & above(step, rules->useful) : step->near;
    bool any = false;
    for (int zone = 0; zone < ZONES; zone++) {
        if (!(zones >> zone & 1))
            continue;
        int64_t total = 0;
        int before = -1;
        for (int other = 0; !first && other < ZONES; other++) {
            if (!(*tried >> other & 1))
                continue;
            int64_t value = best[other] + rules->change[other][zone];
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
static uint64_t odds(const Rules *rules, int64_t below)
{
    int64_t mask = ((int64_t)1 << rules->step_bits) - 1;
    uint64_t coarse = (uint64_t)rules->coarse[below >> rules->step_bits];
    return coarse * (uint64_t)rules->fine[below & mask] >> rules->lose;
}

/* Probability of a zone that counts, in millionths. */
static long probability(const Rules *rules, const Step *step, int zone)
{
    uint64_t own = 0, total = 0;
    for (int other = 0; other < ZONES; other++)
        if (step->near >> other & 1) {
            uint64_t weight = odds(rules, step->top - step->scores[other]);
            total += weight;
            if (other == zone)
                own = weight;
        }
    return total << 1 > 0 ? (long)((2 * MILLION * own + total) / (total << 1)) : 0;
}

static bool read_rules(Rules *rules, PyObject *transitions, const Py_buffer *coarse,
                       const Py_buffer *fine)
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
            rules->change[i][j] = read.scores[j];
    }
    rules->coarse = coarse->buf;
    rules->fine = fine->buf;
    /* A zone that counts lies less than `near` below the best one. */
    Py_ssize_t item = (Py_ssize_t)sizeof(int64_t), entries = coarse->len / item;
    if (rules->near < 1 || rules->useful < 1 || rules->step_bits < 1 || rules->step_bits > 20 ||
        rules->lose < 0 || rules->lose > 62 || coarse->itemsize != item || fine->itemsize != item ||
        rules->near >> rules->step_bits >= entries ||
        fine->len / item < (Py_ssize_t)1 << rules->step_bits) {
        PyErr_SetString(PyExc_ValueError, "the tables of odds are of another size");
        return false;
    }
    return true;
}

/* decode(scores, transitions, near, useful, coarse, fine, step_bits, lose)
 * → a pair a block: the number of its zone, and its probability in millionths. */
PyObject *core_decode(PyObject *module, PyObject *args)
{
    PyObject *scores, *transitions, *list = NULL;
    Py_buffer coarse, fine;
    Rules rules;
    long long near, useful;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!LLy*y*ii", &PyList_Type, &scores, &PyTuple_Type, &transitions,
                          &near, &useful, &coarse, &fine, &rules.step_bits, &rules.lose))
        return NULL;
    Py_ssize_t count = PyList_Size(scores);
    Step *steps = NULL;
    rules.near = near;
    rules.useful = useful;
    if (!read_rules(&rules, transitions, &coarse, &fine))
        goto done;
    steps = PyMem_Calloc((size_t)count + 1, sizeof *steps);
    if (steps == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    int64_t best[ZONES];
    uint16_t tried = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!read_row(PyList_GetItem(scores, i), &steps[i]))
            goto done;
        advance(&rules, &steps[i], i == 0, best, &tried);
    }
    int zone = 0;
    for (int other = 0; count > 0 && other < ZONES; other++)
        if (tried >> other & 1 && (!(tried >> zone & 1) || best[other] > best[zone]))
            zone = other;
    list = PyList_New(count);
    for (Py_ssize_t i = count - 1; list != NULL && i >= 0; i--) {
        PyObject *pair = Py_BuildValue("(il)", zone, probability(&rules, &steps[i], zone));
        zone = steps[i].before[zone];
        if (pair == NULL || PyList_SetItem(list, i, pair) < 0)
            Py_CLEAR(list);
    }
done:
    PyMem_Free(steps);
    PyBuffer_Release(&coarse);
    PyBuffer_Release(&fine);
    return list;
}
