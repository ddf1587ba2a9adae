/* Beside `model/features/block.py`: features of a block by itself. */

#include "features.h"
#include <string.h>

/* The text of a block, in UTF-8, and what is counted of its bytes. */
typedef struct {
    const unsigned char *at;
    Py_ssize_t size, length; /* bytes, characters */
    Py_ssize_t digits, capitals, lowers, marks;
} Text;

/* As many bytes at once as a byte can count, so that several are looked at in one step. */
static void count_bytes(Text *text)
{
    for (Py_ssize_t from = 0; from < text->size; from += UINT8_MAX) {
        const unsigned char *at = text->at + from;
        int count = (int)(text->size - from < UINT8_MAX ? text->size - from : UINT8_MAX);
        uint8_t lowers = 0, capitals = 0, digits = 0, seen = 0;
        for (int i = 0; i < count; i++) {
            lowers += (uint8_t)(at[i] - 'a') < 26;
            capitals += (uint8_t)(at[i] - 'A') < 26;
            digits += (uint8_t)(at[i] - '0') < 10;
            seen += (uint8_t)(at[i] - '!') < 127 - '!';
        }
        text->lowers += lowers;
        text->capitals += capitals;
        text->digits += digits;
        text->marks += seen - lowers - capitals - digits;
    }
}

/* How often a short run of bytes stands in a text, like `str.count`. */
static Py_ssize_t count_of(const char *what, const unsigned char *in, Py_ssize_t size)
{
    Py_ssize_t length = (Py_ssize_t)strlen(what), found = 0;
    const unsigned char *at = in, *end = in + size;
    while (end - at >= length && (at = memchr(at, what[0], (size_t)(end - at - length + 1)))) {
        if (memcmp(at, what, (size_t)length) == 0) {
            found++;
            at += length;
        } else {
            at++;
        }
    }
    return found;
}

/* Class of the first character (`from` 0) or the last (`from` length - 1); -1 with an exception. */
static int class_at(const Tables *tables, PyObject *string, unsigned char byte, Py_ssize_t from)
{
    if (byte < 128)
        return tables->ascii_class[byte];
    PyObject *character = PyUnicode_Substring(string, from, from + 1);
    PyObject *found =
        character ? PyObject_CallFunctionObjArgs(tables->char_class, character, NULL) : NULL;
    long class = found ? PyLong_AsLong(found) : -1;
    Py_XDECREF(character);
    Py_XDECREF(found);
    if (class > 255 || (class < 0 && !PyErr_Occurred())) {
        PyErr_SetString(PyExc_ValueError, "a class of characters is out of range");
        return -1;
    }
    return (int)class;
}

/* `str.istitle` of a text in ASCII: each run of letters begins with its only capital. */
static bool is_title(const Text *text)
{
    bool inside = false;
    for (Py_ssize_t i = 0; i < text->size; i++) {
        unsigned char byte = text->at[i];
        bool upper = byte >= 'A' && byte <= 'Z', lower = byte >= 'a' && byte <= 'z';
        if (upper ? inside : lower && !inside)
            return false;
        inside = upper || lower;
    }
    return text->capitals > 0;
}

/* 1 or 0, or -1 with an exception. */
static int tells(PyObject *string, PyObject *method)
{
    PyObject *said = PyObject_CallMethodObjArgs(string, method, NULL);
    int truth = said ? PyObject_IsTrue(said) : -1;
    Py_XDECREF(said);
    return truth;
}

static bool add_signs(const Tables *tables, const Text *text, Numbers *to)
{
    uint32_t found = 0;
    for (Py_ssize_t i = 0; i < text->size; i++) {
        if (!tables->begins_sign[text->at[i]])
            continue;
        for (int k = 0; k < tables->sign_count; k++) {
            const Sign *sign = &tables->signs[k];
            if (text->size - i >= sign->size &&
                memcmp(text->at + i, sign->bytes, sign->size) == 0)
                found |= (uint32_t)1 << k;
        }
    }
    for (int k = 0; k < tables->sign_count; k++)
        if (found >> k & 1 && !add_number(to, tables->at[AT_signs] + k))
            return false;
    return true;
}

/* Signs, capitals and addresses, of a line that is no paragraph. */
static bool add_shape(const Tables *tables, const Text *text, PyObject *string, PyObject *lower,
                      Numbers *to)
{
    int upper, title = 0;
    if ((text->marks || text->size != text->length) && !add_signs(tables, text, to))
        return false;
    if (text->size == text->length) {
        upper = text->capitals > 0 && text->lowers == 0;
        title = !upper && is_title(text);
    } else {
        upper = tells(string, tables->isupper);
        if (upper == 0)
            title = tells(string, tables->istitle);
    }
    if (upper < 0 || title < 0)
        return false;
    if ((upper || title) && !add_number(to, tables->at[AT_shape] + (upper ? 5 : 6)))
        return false;
    Slice own;
    if (!slice_of(lower, &own))
        return false;
    const unsigned char *at = (const unsigned char *)own.at;
    return (!count_of("http", at, own.size) && !count_of("www.", at, own.size)) ||
           add_number(to, tables->at[AT_shape] + 7);
}

static bool add_concepts(const Tables *tables, PyObject *evidence, Numbers *to)
{
    PyObject *concepts = get(tables, evidence, NAME_concepts), *number, *size;
    Py_ssize_t at = 0;
    bool fine = concepts != NULL && PyDict_Check(concepts);
    while (fine && PyDict_Next(concepts, &at, &number, &size)) {
        long concept = PyLong_AsLong(number);
        fine = concept >= 0 && concept < tables->numbers[N_CONCEPTS] &&
               add_number(to, (int32_t)(tables->numbers[N_SLOTS] + concept));
    }
    Py_XDECREF(concepts);
    if (!fine && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "a concept is out of range");
    return fine;
}

static bool add_measures(Sheet *sheet, Line *line, Text *text, PyObject *block,
                         PyObject *string, PyObject *lower, int64_t count)
{
    const Tables *tables = sheet->tables;
    Numbers *to = &sheet->own;
    int64_t level, kind = 0;
    if (!number_at(&tables->attributes[NAME_level], block, &level))
        return false;
    PyObject *named = get(tables, block, NAME_kind);
    if (named == NULL)
        return false;
    PyObject *known = named == Py_None ? NULL : PyDict_GetItemWithError(tables->kinds, named);
    if (known != NULL)
        kind = PyLong_AsLongLong(known);
    Py_DECREF(named);
    if (!PyErr_Occurred() && (kind < 0 || kind > INT16_MAX))
        PyErr_SetString(PyExc_ValueError, "a kind of block is out of range");
    if (PyErr_Occurred())
        return false;
    Py_ssize_t last_at = text->size - 1;
    while (last_at > 0 && (text->at[last_at] & 0xC0) == 0x80)
        last_at--;
    int first = class_at(tables, string, text->at[0], 0);
    int last = first < 0 ? -1 : class_at(tables, string, text->at[last_at], text->length - 1);
    if (last < 0)
        return false;
    count_bytes(text);
    int ends = tables->ends[last];
    int length_range = range_of(tables, IN_LENGTHS, (double)line->width);
    int64_t word_length = text->size / (count ? count : 1);
    Py_ssize_t commas = count_of(",", text->at, text->size);
    Py_ssize_t stops = count_of(". ", text->at, text->size);
    if (line->unspaced) {
        commas += count_of("\xEF\xBC\x8C", text->at, text->size); /* ， */
        stops += count_of("\xE3\x80\x82", text->at, text->size);  /* 。 */
    }
    const int32_t *at = tables->at;
    double size = (double)text->size;
    int32_t made[] = {
        at[AT_length] + length_range,
        at[AT_words] + range_of(tables, IN_WORDS, (double)count),
        at[AT_word_length] + (int32_t)(word_length < 9 ? word_length : 9),
        at[AT_first] + first,
        at[AT_last] + last,
        at[AT_last_length] + last * 5 + (length_range / 3 < 4 ? length_range / 3 : 4),
        at[AT_first_last] + first * 2 + ends,
        at[AT_kind] + 2 * (int32_t)kind + (line->width > 60),
        at[AT_commas] + range_of(tables, IN_COUNTS, (double)commas),
        at[AT_stops] + range_of(tables, IN_COUNTS, (double)stops),
        at[AT_digits] + range_of(tables, IN_SHARES, (double)text->digits / size),
        at[AT_capitals] + range_of(tables, IN_SHARES, (double)text->capitals / size),
        at[AT_punctuation] + range_of(tables, IN_SHARES, (double)text->marks / size),
    };
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (!add_number(to, made[i]))
            return false;
    line->shape = 5 * (length_range / 2) + ends + 2 * (length_range > 4);
    if (line->width < 160 && !add_shape(tables, text, string, lower, to))
        return false;
    return level == 0 || add_number(to, at[AT_level] + (int32_t)(level < 6 ? level : 6));
}

/* Features of block i, which are put behind those of the blocks before it. */
bool block_features(Sheet *sheet, Py_ssize_t i, PyObject *block, PyObject *evidence)
{
    const Tables *tables = sheet->tables;
    Line *line = &sheet->lines[i];
    Text text = {0};
    PyObject *string = get(tables, block, NAME_text), *lower = NULL;
    int64_t count, hashed;
    bool fine = false;
    if (string == NULL)
        return false;
    text.at = (const unsigned char *)PyUnicode_AsUTF8AndSize(string, &text.size);
    if (text.at == NULL)
        goto done;
    text.length = PyUnicode_GetLength(string);
    if (text.size == 0) {
        PyErr_SetString(PyExc_IndexError, "a block has no text");
        goto done;
    }
    line->key = get(tables, evidence, NAME_key);
    lower = get(tables, evidence, NAME_lower);
    if (line->key == NULL || lower == NULL ||
        !number_at(&tables->attributes[NAME_width], evidence, &line->width) ||
        !number_at(&tables->attributes[NAME_count], evidence, &count) ||
        !number_at(&tables->attributes[NAME_hashed], evidence, &hashed) ||
        !truth_of(&tables->attributes[NAME_sentence], evidence, &line->sentence) ||
        !truth_of(&tables->attributes[NAME_unspaced], evidence, &line->unspaced) ||
        !number_at(&tables->attributes[NAME_gap], block, &line->gap))
        goto done;
    if (!PyBytes_Check(line->key)) {
        PyErr_SetString(PyExc_TypeError, "the key of a line is bytes");
        goto done;
    }
    fine = find_words(sheet, line, lower) &&
           add_measures(sheet, line, &text, block, string, lower, count) &&
           add_concepts(tables, evidence, &sheet->own) &&
           hash_words(tables, &sheet->slices, hashed, &sheet->own) && add_content(sheet, i) &&
           (line->key_number = number_of(&sheet->keys, line->key)) >= 0;
    line->own_end = sheet->own.used;
    line->content_end = sheet->content.used;
done:
    Py_DECREF(string);
    Py_XDECREF(lower);
    return fine;
}
