/* Beside `evidence.py` and `text/folding.py`: what a block's text tells. */

#include "phrases.h"
#include <string.h>

typedef struct {
    PyObject *make;        /* the class of what is given back */
    PyObject *count_words; /* asked for scripts that the count of spaces says little of */
    PyObject *lower;       /* the name of a method */
    uint8_t folded[256];   /* byte → what it is in a key */
    bool leads[256];       /* first bytes of scripts without spaces */
    Set terminal, closing;
    long sentence, long_sentence, chars_per_word;
    Phrases phrases;
} Ready;

static const char READY[] = "articlecli.ready";

static void free_ready(Ready *ready)
{
    Py_XDECREF(ready->make);
    Py_XDECREF(ready->count_words);
    Py_XDECREF(ready->lower);
    free_phrases(&ready->phrases);
    PyMem_Free(ready);
}

static void drop_ready(PyObject *capsule)
{
    Ready *ready = PyCapsule_GetPointer(capsule, READY);
    if (ready != NULL)
        free_ready(ready);
}

/* evidence_tables(make, count_words, folded, leads, terminal, closing, edges, line_edges,
 *                 (sentence, long_sentence, chars_per_word), (longest, short),
 *                 names, lines): the last two are the phrases, see `read_phrases` */
PyObject *core_evidence_tables(PyObject *module, PyObject *args)
{
    PyObject *make, *count_words, *capsule = NULL;
    PyObject *names, *lines;
    const char *folded, *leads, *terminal, *closing, *edges, *line_edges;
    Py_ssize_t folded_size, leads_size;
    Ready *made = PyMem_Calloc(1, sizeof *made);
    (void)module;
    if (made == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "OOy#y#ssss(lll)(ll)UU", &make, &count_words, &folded,
                          &folded_size, &leads, &leads_size, &terminal, &closing, &edges,
                          &line_edges, &made->sentence, &made->long_sentence,
                          &made->chars_per_word, &made->phrases.longest, &made->phrases.shortest,
                          &names, &lines))
        goto done;
    if (folded_size != 256 || made->chars_per_word < 1 || made->phrases.longest < 1 ||
        made->phrases.longest > MOST_WORDS) {
        PyErr_SetString(PyExc_ValueError, "a table is of another size");
        goto done;
    }
    memcpy(made->folded, folded, 256);
    for (Py_ssize_t i = 0; i < leads_size; i++)
        made->leads[(unsigned char)leads[i]] = true;
    Py_INCREF(make);
    made->make = make;
    Py_INCREF(count_words);
    made->count_words = count_words;
    made->lower = PyUnicode_InternFromString("lower");
    if (made->lower != NULL && fill_set(&made->terminal, terminal) &&
        fill_set(&made->closing, closing) && fill_set(&made->phrases.edges, edges) &&
        fill_set(&made->phrases.line_edges, line_edges) &&
        read_phrases(&made->phrases, names, lines))
        capsule = PyCapsule_New(made, READY, drop_ready);
done:
    if (capsule == NULL)
        free_ready(made);
    return capsule;
}

/* `word_bytes`, and how many words there are. */
static PyObject *key_of(const Ready *ready, Slice lower, Py_ssize_t *words)
{
    char *at;
    Py_ssize_t start = 0, end = lower.size, size;
    while (start < end && ready->folded[(unsigned char)lower.at[start]] == ' ')
        start++;
    while (end > start && ready->folded[(unsigned char)lower.at[end - 1]] == ' ')
        end--;
    PyObject *key = PyBytes_FromStringAndSize(NULL, end - start);
    if (key == NULL || PyBytes_AsStringAndSize(key, &at, &size) < 0) {
        Py_XDECREF(key);
        return NULL;
    }
    const unsigned char *from = (const unsigned char *)lower.at + start;
    Py_ssize_t found = 0;
    int before = ' ';
    for (Py_ssize_t i = 0; i < size; i++) {
        int own = ready->folded[from[i]];
        found += (before == ' ') & (own != ' ');
        at[i] = (char)(before = own);
    }
    *words = found;
    return key;
}

/* Whether a text has scripts without spaces, by its first bytes. */
static bool is_unspaced(const Ready *ready, Slice text)
{
    bool found = false;
    for (Py_ssize_t i = 0; i < text.size; i++)
        found |= ready->leads[(unsigned char)text.at[i]];
    return found;
}

/* Whether a text ends like a sentence, closing quotes and brackets passed over. */
static bool is_closed(const Ready *ready, Slice text)
{
    Py_ssize_t last = char_before(text, text.size);
    if (holds(&ready->terminal, text, last))
        return true;
    return last > 0 && holds(&ready->closing, text, last) &&
           holds(&ready->terminal, text, char_before(text, last));
}

static long ask_count(const Ready *ready, PyObject *text)
{
    PyObject *said = PyObject_CallFunctionObjArgs(ready->count_words, text, NULL);
    long count = said ? PyLong_AsLong(said) : -1;
    Py_XDECREF(said);
    return count;
}

/* Evidence of one text, or NULL. */
static PyObject *evidence_of(const Ready *ready, PyObject *text)
{
    Slice given, folded;
    Py_ssize_t count;
    PyObject *made = NULL, *key = NULL, *concepts = NULL;
    PyObject *counted = NULL, *also = NULL, *wide = NULL;
    PyObject *lower = PyObject_CallMethodObjArgs(text, ready->lower, NULL);
    if (lower == NULL || !slice_of(text, &given) || !slice_of(lower, &folded))
        goto done;
    if (given.size == 0) {
        PyErr_SetString(PyExc_IndexError, "a block has no text");
        goto done;
    }
    key = key_of(ready, folded, &count);
    if (key == NULL)
        goto done;
    Py_ssize_t width = PyUnicode_GetLength(text), hashed = count;
    bool ascii = width == given.size, unspaced = !ascii && is_unspaced(ready, folded);
    if (unspaced) {
        width *= 2;
        if (count < width / ready->chars_per_word)
            count = width / ready->chars_per_word;
        hashed = count;
    } else if (count < width / 8 && !ascii) {
        long asked = ask_count(ready, text);
        if (asked < 0)
            goto done;
        if (asked > count)
            count = asked;
    }
    concepts = match(&ready->phrases, folded, unspaced);
    if (concepts == NULL)
        goto done;
    bool sentence = count >= (is_closed(ready, given) ? ready->sentence : ready->long_sentence);
    counted = PyLong_FromSsize_t(count);
    also = counted ? PyLong_FromSsize_t(hashed) : NULL;
    wide = also ? PyLong_FromSsize_t(width) : NULL;
    if (wide != NULL)
        made = PyObject_CallFunctionObjArgs(ready->make, lower, key, counted, also, wide,
                                            unspaced ? Py_True : Py_False,
                                            sentence ? Py_True : Py_False, concepts, NULL);
done:
    Py_XDECREF(counted);
    Py_XDECREF(also);
    Py_XDECREF(wide);
    Py_XDECREF(lower);
    Py_XDECREF(key);
    Py_XDECREF(concepts);
    return made;
}

/* evidence(tables, texts) → a tuple. */
PyObject *core_evidence(PyObject *module, PyObject *args)
{
    PyObject *given, *texts;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!", &given, &PyList_Type, &texts))
        return NULL;
    const Ready *ready = held(given, READY);
    Py_ssize_t count = PyList_Size(texts);
    PyObject *out = ready ? PyTuple_New(count) : NULL;
    for (Py_ssize_t i = 0; out != NULL && i < count; i++) {
        PyObject *text = PyList_GetItem(texts, i);
        Py_XINCREF(text); /* what is asked might take it out of the list */
        PyObject *made = text ? evidence_of(ready, text) : NULL;
        Py_XDECREF(text);
        if (made == NULL || PyTuple_SetItem(out, i, made) < 0)
            Py_CLEAR(out);
    }
    return out;
}
