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

/* `word_bytes` */
static PyObject *key_of(const Ready *ready, Slice lower)
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
    for (Py_ssize_t i = 0; i < size; i++)
        at[i] = (char)ready->folded[(unsigned char)lower.at[start + i]];
    return key;
}

static bool add_word(PyObject *list, const char *at, Py_ssize_t size)
{
    PyObject *word = PyBytes_FromStringAndSize(at, size);
    bool fine = word != NULL && PyList_Append(list, word) == 0;
    Py_XDECREF(word);
    return fine;
}

/* The words of a key, all of them and those that are long. */
static bool split(Slice key, PyObject *words, PyObject *content)
{
    for (Py_ssize_t at = 0; at < key.size;) {
        Py_ssize_t end = at;
        while (end < key.size && key.at[end] != ' ')
            end++;
        if (end > at) {
            PyObject *word = PyBytes_FromStringAndSize(key.at + at, end - at);
            bool fine = word != NULL && PyList_Append(words, word) == 0 &&
                        (end - at <= 3 || PyList_Append(content, word) == 0);
            Py_XDECREF(word);
            if (!fine)
                return false;
        }
        at = end + 1;
    }
    return true;
}

/* `pairs` */
static bool pair_up(Slice lower, PyObject *words)
{
    char couple[8];
    Py_ssize_t before = 0, found = 0; /* bytes of the character before, which `couple` begins with */
    for (Py_ssize_t at = 0; at < lower.size;) {
        Py_ssize_t size = char_size(lower, at);
        if (size == 1 && lower.at[at] == ' ') {
            at++;
            continue;
        }
        memcpy(couple + before, lower.at + at, (size_t)size);
        if (found++ > 0 && !add_word(words, couple, before + size))
            return false;
        memmove(couple, couple + before, (size_t)size);
        before = size;
        at += size;
    }
    return found > 1 || add_word(words, couple, before);
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
    Slice given, folded, own;
    PyObject *made = NULL, *key = NULL, *concepts = NULL, *set = NULL, *tuple = NULL;
    PyObject *lower = PyObject_CallMethodObjArgs(text, ready->lower, NULL);
    PyObject *words = PyList_New(0), *content = PyList_New(0);
    if (lower == NULL || words == NULL || content == NULL || !slice_of(text, &given) ||
        !slice_of(lower, &folded))
        goto done;
    if (given.size == 0) {
        PyErr_SetString(PyExc_IndexError, "a block has no text");
        goto done;
    }
    key = key_of(ready, folded);
    if (key == NULL || PyBytes_AsStringAndSize(key, (char **)&own.at, &own.size) < 0)
        goto done;
    bool unspaced = false, ascii = true;
    for (Py_ssize_t i = 0; i < own.size; i++)
        unspaced |= ready->leads[(unsigned char)own.at[i]];
    Py_ssize_t width = PyUnicode_GetLength(text), count, hashed;
    ascii = width == given.size;
    if (!split(own, words, content))
        goto done;
    count = PyList_Size(words);
    if (unspaced && !ascii) {
        width *= 2;
        if (count < width / ready->chars_per_word)
            count = width / ready->chars_per_word;
        hashed = count;
        Py_DECREF(words);
        words = PyList_New(0);
        if (words == NULL || !pair_up(folded, words))
            goto done;
        set = PyFrozenSet_New(words);
    } else {
        unspaced = false;
        hashed = count;
        if (count < width / 8 && !ascii) {
            long asked = ask_count(ready, text);
            if (asked < 0)
                goto done;
            if (asked > count)
                count = asked;
        }
        set = PyFrozenSet_New(content);
    }
    concepts = set ? match(&ready->phrases, folded, unspaced) : NULL;
    tuple = concepts ? PyList_AsTuple(words) : NULL;
    if (tuple == NULL)
        goto done;
    bool sentence = count >= (is_closed(ready, given) ? ready->sentence : ready->long_sentence);
    PyObject *values = Py_BuildValue("(OOOOnnnOOO)", lower, key, tuple, set, count, hashed, width,
                                     unspaced ? Py_True : Py_False, sentence ? Py_True : Py_False,
                                     concepts);
    made = values ? PyObject_CallObject(ready->make, values) : NULL;
    Py_XDECREF(values);
done:
    Py_XDECREF(lower);
    Py_XDECREF(words);
    Py_XDECREF(content);
    Py_XDECREF(key);
    Py_XDECREF(set);
    Py_XDECREF(concepts);
    Py_XDECREF(tuple);
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
