/* Beside `Evidence.words` and `content`, and `_hash_words` of `model/features/block.py`. */

#include "features.h"
#include "room.h"
#include <string.h>

static inline bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f');
}

bool add_slice(Slices *to, const char *at, Py_ssize_t size)
{
    if (to->used == to->room && !grow((void **)&to->items, &to->room, sizeof *to->items))
        return false;
    to->items[to->used++] = (Slice){at, size};
    return true;
}

/* The runs between white space as `str.split` sees it, of a text in ASCII or of a key. */
bool split(Slice text, Slices *to)
{
    for (Py_ssize_t at = 0, end; at < text.size; at = end + 1) {
        for (end = at; end < text.size && !is_space(text.at[end]);)
            end++;
        if (end > at && !add_slice(to, text.at + at, end - at))
            return false;
    }
    return true;
}

/* `pairs`, of a text without its spaces, which is kept with the line. */
static bool pair_up(Slice lower, Line *line, Slices *to)
{
    Slice text;
    char *at;
    line->packed = PyBytes_FromStringAndSize(NULL, lower.size);
    if (line->packed == NULL || PyBytes_AsStringAndSize(line->packed, &at, &text.size) < 0)
        return false;
    text = (Slice){at, 0};
    for (Py_ssize_t i = 0; i < lower.size; i++)
        if (lower.at[i] != ' ')
            at[text.size++] = lower.at[i];
    Py_ssize_t first = 0, second = text.size ? char_size(text, 0) : 0;
    if (second == text.size)
        return add_slice(to, text.at, text.size);
    while (second < text.size) {
        Py_ssize_t end = second + char_size(text, second);
        if (!add_slice(to, text.at + first, end - first))
            return false;
        first = second;
        second = end;
    }
    return true;
}

/* The words of a line, in `sheet->slices`. */
bool find_words(Sheet *sheet, Line *line, PyObject *lower)
{
    Slice key, text;
    sheet->slices.used = 0;
    if (!line->unspaced)
        return PyBytes_AsStringAndSize(line->key, (char **)&key.at, &key.size) == 0 &&
               split(key, &sheet->slices);
    return slice_of(lower, &text) && pair_up(text, line, &sheet->slices);
}

/* Rows of the words: see `_hash_words`. */
bool hash_words(const Tables *tables, const Slices *of, int64_t hashed, Numbers *to)
{
    const Slice *words = of->items;
    long base = tables->numbers[N_SLOTS] + tables->numbers[N_CONCEPTS];
    uint32_t mask = (uint32_t)tables->numbers[N_HASHES] - 1, whole = 55, before = 0;
    Py_ssize_t count = of->used;
    bool all = hashed <= 12, pairs = all && count > 1 && count <= tables->numbers[N_PAIRED];
    uint32_t couples[64];
#define CRC(start, word) crc(start, (word).at, (word).size)
#define PUT(hash) add_number(to, (int32_t)(base + (long)((hash) & mask)))
    if (tables->numbers[N_PAIRED] > 64) {
        PyErr_SetString(PyExc_ValueError, "too many pairs of words");
        return false;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        bool shown = count <= 12 || i < 9 || i >= count - 3;
        if (!shown && !all)
            continue;
        uint32_t hash = CRC(0, words[i]);
        if (shown && !PUT(hash))
            return false;
        if (all)
            whole = CRC(i > 0 ? crc(whole, " ", 1) : whole, words[i]);
        if (pairs && i > 0)
            couples[i - 1] = CRC(before, words[i]);
        before = hash;
    }
    if (count == 0)
        return true;
    if (!PUT(CRC(77, words[0])) || !PUT(CRC(99, words[count - 1])))
        return false;
    if (!all) {
        if (count > 1)
            return PUT(CRC(CRC(33, words[0]), words[1]));
        PyErr_SetString(PyExc_IndexError, "a long line has two words");
        return false;
    }
    if (!PUT(whole))
        return false;
    for (Py_ssize_t i = 1; pairs && i < count; i++)
        if (!PUT(couples[i - 1]))
            return false;
    return true;
#undef PUT
#undef CRC
}

/* A polynomial of the word's bytes, three at a time, modulo a prime; its variable is of Python's own
 * hashes, which nobody who writes a page can foresee. */
static uint32_t hash_of(Slice word, uint64_t variable)
{
    const uint64_t prime = ((uint64_t)1 << 31) - 1;
    const unsigned char *at = (const unsigned char *)word.at;
    uint64_t value = (uint64_t)word.size & prime;
    for (Py_ssize_t i = 0; i < word.size; i += 3) {
        uint64_t part = at[i];
        if (word.size - i > 1)
            part |= (uint64_t)at[i + 1] << 8;
        if (word.size - i > 2)
            part |= (uint64_t)at[i + 2] << 16;
        value = value * variable + part;
        value = (value & prime) + (value >> 31); /* less than 2**32, as the variable is < 2**29 */
    }
    value *= variable; /* so that words with the same beginning differ in their lowest bits */
    return (uint32_t)((value & prime) + (value >> 31));
}

static bool more_chains(Words *words)
{
    size_t count = words->chain_count ? 2 * words->chain_count : 256;
    int32_t *chains = count > SIZE_MAX / sizeof *chains / 2
                          ? NULL
                          : PyMem_Realloc(words->chains, count * sizeof *chains);
    if (chains == NULL) {
        PyErr_NoMemory();
        return false;
    }
    words->chains = chains;
    words->chain_count = count;
    memset(chains, 0xFF, count * sizeof *chains); /* -1, the end of a chain */
    for (int32_t i = 0; i < (int32_t)words->used; i++) {
        int32_t *chain = &chains[words->items[i].hash & (count - 1)];
        words->items[i].next = *chain;
        *chain = i;
    }
    return true;
}

/* The number of a word among those of the page; -1 with an exception set. */
static int32_t number_of_word(Words *words, Slice word, uint64_t variable)
{
    uint32_t hash = hash_of(word, variable);
    if ((size_t)words->used >= words->chain_count && !more_chains(words))
        return -1;
    int32_t *chain = &words->chains[hash & (words->chain_count - 1)];
    for (int32_t i = *chain; i >= 0; i = words->items[i].next) {
        const Word *own = &words->items[i];
        if (own->hash == hash && own->text.size == word.size &&
            memcmp(own->text.at, word.at, (size_t)word.size) == 0)
            return i;
    }
    if (words->used == INT32_MAX) {
        PyErr_NoMemory();
        return -1;
    }
    if (words->used == words->room &&
        !grow((void **)&words->items, &words->room, sizeof *words->items))
        return -1;
    words->items[words->used] = (Word){word, 0, hash, *chain};
    *chain = (int32_t)words->used;
    return (int32_t)words->used++;
}

/* Numbers of the content words of block i, each once. */
bool add_content(Sheet *sheet, Py_ssize_t i)
{
    bool all = sheet->lines[i].unspaced;
    for (Py_ssize_t k = 0; k < sheet->slices.used; k++) {
        Slice word = sheet->slices.items[k];
        if (!all && word.size <= 3)
            continue;
        int32_t number = number_of_word(&sheet->words, word, sheet->tables->variable);
        if (number < 0)
            return false;
        Word *own = &sheet->words.items[number];
        if (own->block != i + 1 && !add_number(&sheet->content, number))
            return false;
        own->block = i + 1;
    }
    return true;
}

void free_words(Words *words)
{
    PyMem_Free(words->items);
    PyMem_Free(words->chains);
}
