/* Beside `Scene` of `model/headline.py`: the words of the candidates, and who else has them. */

#include "headline.h"
#include <string.h>

#define SHORTEST 4 /* bytes of a word that counts, see `Evidence.content` */

/* Reads `Evidence.content` of a block. */
static bool open_words(const Headlines *tables, PyObject *own, Reader *to)
{
    bool unspaced;
    *to = (Reader){0};
    if (!truth_of(&tables->at[AT_unspaced], own, &unspaced))
        return false;
    to->owner = value_of(&tables->at[unspaced ? AT_lower : AT_key], own);
    if (to->owner == NULL)
        return false;
    if (!unspaced)
        return PyBytes_AsStringAndSize(to->owner, (char **)&to->text.at, &to->text.size) == 0;
    Slice lower;
    if (!slice_of(to->owner, &lower))
        return false;
    to->packed = PyMem_Malloc((size_t)lower.size + 1);
    if (to->packed == NULL) {
        PyErr_NoMemory();
        return false;
    }
    for (Py_ssize_t i = 0; i < lower.size; i++)
        if (lower.at[i] != ' ')
            to->packed[to->text.size++] = lower.at[i];
    to->text.at = to->packed;
    return true;
}

void close_words(Reader *reader)
{
    Py_XDECREF(reader->owner);
    PyMem_Free(reader->packed);
    *reader = (Reader){0};
}

/* The next pair of characters; a text of one character is one by itself, and so is an empty one. */
static bool next_pair(Reader *from, Slice *word)
{
    Slice text = from->text;
    Py_ssize_t at = from->next, second;
    if (at < 0)
        return false;
    second = at < text.size ? at + char_size(text, at) : at;
    if (second == text.size) {
        from->next = -1;
        *word = text;
        return at == 0;
    }
    from->next = second;
    *word = (Slice){text.at + at, second + char_size(text, second) - at};
    return true;
}

static bool next_word(Reader *from, Slice *word)
{
    if (from->packed != NULL)
        return next_pair(from, word);
    while (from->next < from->text.size) {
        const char *at = from->text.at + from->next;
        Py_ssize_t left = from->text.size - from->next;
        const char *end = memchr(at, ' ', (size_t)left);
        *word = (Slice){at, end ? end - at : left};
        from->next += word->size + 1;
        if (word->size >= SHORTEST)
            return true;
    }
    return false;
}

/* The most words that are left to read. */
static Py_ssize_t most_words(const Reader *reader)
{
    return reader->packed ? reader->text.size + 1 : reader->text.size / (SHORTEST + 1) + 1;
}

static Word *place_of_word(const Words *words, Slice text)
{
    uint32_t hash = crc(0, text.at, text.size);
    for (size_t at = hash;; at++) {
        Word *place = &words->places[at & (words->room - 1)];
        if (place->text.at == NULL)
            place->hash = hash; /* for who takes it */
        if (place->text.at == NULL ||
            (place->hash == hash && place->text.size == text.size &&
             memcmp(place->text.at, text.at, (size_t)text.size) == 0))
            return place;
    }
}

bool open_members(Scene *scene, PyObject *members)
{
    const Headlines *tables = scene->tables;
    Py_ssize_t count = PyList_Size(members), most = 0;
    if (count > MOST) {
        PyErr_SetString(PyExc_ValueError, "too many candidates");
        return false;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *number = PyList_GetItem(members, i);
        Member *own = &scene->members[i];
        own->at = PyLong_Check(number) ? PyLong_AsSsize_t(number) : -1;
        if (own->at < 0 || own->at >= scene->count) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a candidate is no block of the page");
            return false;
        }
        scene->member_count++;
        PyObject *evidence = PyTuple_GetItem(scene->evidence, own->at);
        own->key = value_of(&tables->at[AT_key], evidence);
        if (own->key == NULL ||
            PyBytes_AsStringAndSize(own->key, (char **)&own->key_text.at, &own->key_text.size) ||
            !open_words(tables, evidence, &own->reader))
            return false;
        most += most_words(&own->reader);
    }
    size_t room = 64;
    while (room / 2 < (size_t)most)
        room *= 2;
    scene->words.room = room;
    scene->words.places = PyMem_Calloc(room, sizeof *scene->words.places);
    if (scene->words.places == NULL)
        PyErr_NoMemory();
    return scene->words.places != NULL;
}

/* The words of the candidates, each once of one. */
bool read_members(Scene *scene)
{
    Words *words = &scene->words;
    for (int i = 0; i < scene->member_count; i++) {
        Member *own = &scene->members[i];
        for (Slice text; next_word(&own->reader, &text);) {
            Word *place = place_of_word(words, text);
            if (place->text.at == NULL)
                place->text = text;
            if (place->seen == i + 1)
                continue;
            place->seen = i + 1;
            if (!add_number(&words->of_member, (int32_t)(place - words->places)))
                return false;
        }
        own->words_end = words->of_member.used;
    }
    return true;
}

/* Which of these words the story has, and has in several blocks. */
bool read_story(Scene *scene)
{
    for (int i = 0; i < scene->story_count; i++) {
        Py_ssize_t look = scene->member_count + 1 + i;
        Reader reader;
        bool fine =
            open_words(scene->tables, PyTuple_GetItem(scene->evidence, scene->story[i]), &reader);
        for (Slice text; fine && next_word(&reader, &text);) {
            Word *place = place_of_word(&scene->words, text);
            if (place->text.at == NULL || place->seen == look)
                continue;
            place->seen = look;
            place->often = place->told;
            place->told = true;
        }
        close_words(&reader);
        if (!fine)
            return false;
    }
    return true;
}

/* How many blocks have the key of each candidate. */
bool count_copies(Scene *scene)
{
    for (Py_ssize_t i = 0; i < scene->count; i++) {
        PyObject *key = value_of(&scene->tables->at[AT_key], PyTuple_GetItem(scene->evidence, i));
        Slice text;
        bool fine =
            key != NULL && PyBytes_AsStringAndSize(key, (char **)&text.at, &text.size) == 0;
        for (int k = 0; fine && k < scene->member_count; k++) {
            Slice own = scene->members[k].key_text;
            scene->members[k].copies +=
                own.size == text.size && memcmp(own.at, text.at, (size_t)own.size) == 0;
        }
        Py_XDECREF(key);
        if (!fine)
            return false;
    }
    return true;
}
