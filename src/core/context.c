/* Beside `model/features/context.py`: features of a block among the others of its page. */

#include "features.h"
#include <stdlib.h>
#include <string.h>

/* What is worked out of a page before its blocks are looked at one by one. */
typedef struct {
    int64_t *sums;    /* running text above each block, and at last all of it */
    uint8_t *gaps;    /* ranges of blank lines above each block, and below the last */
    int32_t *up, *down; /* `_periods`, of each block */
    int32_t *common;  /* content words that a block shares with the one above it */
    int32_t *copies;  /* of each key, the blocks that have it */
    bool *again;      /* of each key, whether it came before */
    uint8_t *story;   /* of each word, in how many blocks near the centre: 0, 1, 2 for more */
    bool *in_head;    /* of each word, whether the first block has it */
    Py_ssize_t centre;
    PyObject *head;
} Page;

static int by_gap(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* `_gaps`: the usual one is the commonest, of several the one that comes first. */
static bool find_gaps(const Sheet *sheet, uint8_t *to)
{
    Py_ssize_t count = sheet->count, most = 0, run = 0;
    int64_t usual = 0, *sorted = PyMem_Malloc(sizeof *sorted * (size_t)count);
    if (sorted == NULL) {
        PyErr_NoMemory();
        return false;
    }
    for (Py_ssize_t i = 0; i < count; i++)
        sorted[i] = sheet->lines[i].gap;
    qsort(sorted, (size_t)count, sizeof *sorted, by_gap);
    for (Py_ssize_t i = 0; i < count; i++) {
        run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
        if (run > most)
            most = run;
    }
    /* The values that are as common as any, moved to the front; they stay in order. */
    Py_ssize_t common = 0;
    run = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
        if (run == most && (i + 1 == count || sorted[i + 1] != sorted[i]))
            sorted[common++] = sorted[i];
    }
    for (Py_ssize_t i = 0; i < count; i++)
        if (bsearch(&sheet->lines[i].gap, sorted, (size_t)common, sizeof *sorted, by_gap)) {
            usual = sheet->lines[i].gap - 2;
            break;
        }
    PyMem_Free(sorted);
    for (Py_ssize_t i = 0; i < count; i++) {
        int64_t gap = sheet->lines[i].gap - usual;
        to[i] = (uint8_t)(gap < 0 ? 0 : gap < 5 ? gap : 5);
    }
    to[count] = 5;
    return true;
}

/* `_periods`. A pair of shapes that was not seen yet counts as seen `count` blocks before the page;
 * the model has learned it so, hence the place that is counted from the page's end. */
static void find_periods(const Sheet *sheet, int64_t longest, int32_t *up, int32_t *down)
{
    Py_ssize_t count = sheet->count, last[SHAPES][SHAPES + 1];
    for (int a = 0; a < SHAPES; a++)
        for (int b = 0; b <= SHAPES; b++)
            last[a][b] = -count;
    for (Py_ssize_t i = 0; i < count; i++) {
        int next = i + 1 < count ? sheet->lines[i + 1].shape : SHAPES;
        Py_ssize_t *seen = &last[sheet->lines[i].shape][next], step = i - *seen;
        if (step <= longest) {
            up[i] = (int32_t)step;
            down[i - step < 0 ? i - step + count : i - step] = (int32_t)step;
        }
        *seen = i;
    }
}

static int32_t period_of(int32_t up, int32_t down)
{
    int32_t a = up ? up : down, b = down ? down : up, step = a < b ? a : b;
    return step ? 3 * (step - 1) + (up == step) + 2 * (down == step) : 0;
}

/* Content words of a block: their first place among those of the page. */
static Py_ssize_t words_from(const Sheet *sheet, Py_ssize_t i)
{
    return i > 0 ? sheet->lines[i - 1].content_end : 0;
}

static bool find_common(const Sheet *sheet, int32_t *to)
{
    Py_ssize_t *seen = PyMem_Calloc((size_t)sheet->words.used + 1, sizeof *seen);
    if (seen == NULL) {
        PyErr_NoMemory();
        return false;
    }
    for (Py_ssize_t i = 0; i < sheet->count; i++)
        for (Py_ssize_t k = words_from(sheet, i); k < sheet->lines[i].content_end; k++) {
            Py_ssize_t *own = &seen[sheet->content.items[k]];
            to[i] += i > 0 && *own == i; /* seen in block i - 1 */
            *own = i + 1;
        }
    PyMem_Free(seen);
    return true;
}

/* `_centre` and `_vocabulary`. */
static void find_story(const Sheet *sheet, Page *page)
{
    Py_ssize_t count = sheet->count, reach = sheet->tables->numbers[N_REACH];
    int64_t most = -1;
    for (Py_ssize_t i = 0; i < count; i++) {
        int64_t mass = page->sums[i + 6 < count ? i + 6 : count] - page->sums[i > 5 ? i - 5 : 0];
        if (mass > most) {
            most = mass;
            page->centre = i;
        }
    }
    Py_ssize_t from = page->centre > reach ? page->centre - reach : 0;
    for (Py_ssize_t i = from; i < count && i < page->centre + reach; i++)
        for (Py_ssize_t k = words_from(sheet, i);
             sheet->lines[i].sentence && k < sheet->lines[i].content_end; k++) {
            uint8_t *seen = &page->story[sheet->content.items[k]];
            *seen = *seen ? 2 : 1;
        }
}

static int32_t likeness_of(const Sheet *sheet, const Page *page, Py_ssize_t i)
{
    const Line *line = &sheet->lines[i];
    Py_ssize_t from = words_from(sheet, i), size = line->content_end - from, found = 0;
    if (size == 0)
        return 0;
    for (Py_ssize_t k = from; k < line->content_end; k++)
        found += page->story[sheet->content.items[k]] > line->sentence;
    int32_t own = line->sentence ? 1 + sheet->tables->ranges[IN_LIKENESS].count : 0;
    return own + range_of(sheet->tables, IN_LIKENESS, (double)found / (double)size);
}

static int32_t shared_of(const Sheet *sheet, const Page *page, Py_ssize_t i)
{
    const Tables *tables = sheet->tables;
    Py_ssize_t size = sheet->lines[i].content_end - words_from(sheet, i);
    double count = (double)(size ? size : 1);
    double up = page->common[i] / count;
    double down = (i + 1 < sheet->count ? page->common[i + 1] : 0) / count;
    return (tables->ranges[IN_SHARED].count + 1) * range_of(tables, IN_SHARED, up) +
           range_of(tables, IN_SHARED, down);
}

/* `_rhythms`; a place beyond the page has shape 0. */
static int32_t rhythm_of(const Sheet *sheet, Py_ssize_t i)
{
    int shapes[5], own = sheet->lines[i].shape;
    for (int k = 0; k < 5; k++) {
        Py_ssize_t at = i + k - 2;
        shapes[k] = at < 0 || at >= sheet->count ? 0 : sheet->lines[at].shape;
    }
    return (own == shapes[1]) + 2 * (own == shapes[0]) +
           4 * ((own == shapes[3]) + 2 * (own == shapes[4])) + 16 * (own % 5 > 1);
}

/* `_mass_pairs` */
static int32_t mass_pair(const Sheet *sheet, const Page *page, Py_ssize_t i, Py_ssize_t reach)
{
    const Tables *tables = sheet->tables;
    Py_ssize_t end = i + 1 + reach < sheet->count ? i + 1 + reach : sheet->count;
    int64_t before = page->sums[i] - page->sums[i > reach ? i - reach : 0];
    int64_t after = page->sums[end] - page->sums[i + 1];
    return (tables->ranges[IN_MASSES].count + 1) * range_of(tables, IN_MASSES, (double)before) +
           range_of(tables, IN_MASSES, (double)after);
}

/* `_add_copies`, of one block; `titled` is the block that repeats the page's first line, or -1. */
static bool add_copies(const Sheet *sheet, Page *page, Py_ssize_t i, Py_ssize_t *titled,
                       Numbers *to)
{
    const Tables *tables = sheet->tables;
    const Line *line = &sheet->lines[i];
    const int32_t *at = tables->at;
    int32_t copies = page->copies[line->key_number];
    bool again = page->again[line->key_number];
    if (copies > 1) {
        page->again[line->key_number] = true;
        int longer = (line->width > 25) + (line->width > 80);
        if (!add_number(to, at[AT_copies] + (copies < 3 ? copies : 3) - 2 + 2 * again) ||
            !add_number(to, at[AT_copy_length] + 3 * longer + (copies < 4 ? copies : 4) - 2))
            return false;
    }
    char *key, *head;
    Py_ssize_t size, head_size;
    if (PyBytes_AsStringAndSize(line->key, &key, &size) < 0 ||
        PyBytes_AsStringAndSize(page->head, &head, &head_size) < 0)
        return false;
    if (i > 0 && size > 0 && line->width > 15) {
        int inside = 0;
        if (size <= head_size && memcmp(head, key, (size_t)size) == 0) {
            if (!add_number(to, at[AT_page_title] + 1 + again))
                return false;
            *titled = i;
        } else if (size <= head_size && (inside = PySequence_Contains(page->head, line->key))) {
            /* Python's own search: it is linear whatever stands in either. */
            if (inside < 0 || !add_number(to, at[AT_page_title] + 3))
                return false;
        } else {
            Py_ssize_t from = words_from(sheet, i), found = 0;
            for (Py_ssize_t k = from; k < line->content_end; k++)
                found += page->in_head[sheet->content.items[k]];
            if (found) {
                double share = (double)found / (double)(line->content_end - from);
                int level = (share > 0.2) + (share > 0.5) + (share > 0.8);
                if (!add_number(to, at[AT_page_title] + 4 + level))
                    return false;
            }
        }
    }
    return *titled < 0 ||
           add_number(to, at[AT_since_title] +
                              range_of(tables, IN_SINCE, (double)(i - *titled)));
}

static bool prepare(const Sheet *sheet, Page *page)
{
    size_t count = (size_t)sheet->count, words = (size_t)sheet->words.used;
    page->sums = PyMem_Calloc(count + 1, sizeof *page->sums);
    page->gaps = PyMem_Calloc(count + 1, sizeof *page->gaps);
    page->up = PyMem_Calloc(count, sizeof *page->up);
    page->down = PyMem_Calloc(count, sizeof *page->down);
    page->common = PyMem_Calloc(count, sizeof *page->common);
    page->copies = PyMem_Calloc(count, sizeof *page->copies); /* no more keys than blocks */
    page->again = PyMem_Calloc(count, sizeof *page->again);
    page->story = PyMem_Calloc(words + 1, sizeof *page->story);
    page->in_head = PyMem_Calloc(words + 1, sizeof *page->in_head);
    if (!page->sums || !page->gaps || !page->up || !page->down || !page->common ||
        !page->copies || !page->again || !page->story || !page->in_head) {
        PyErr_NoMemory();
        return false;
    }
    PyObject *key = sheet->lines[0].key;
    Py_ssize_t longest = sheet->tables->numbers[N_LONGEST_HEAD];
    if (PyBytes_Size(key) > longest) {
        page->head = PyBytes_FromStringAndSize(PyBytes_AsString(key), longest);
    } else {
        Py_INCREF(key);
        page->head = key;
    }
    if (page->head == NULL)
        return false;
    for (Py_ssize_t i = 0; i < sheet->count; i++) {
        const Line *line = &sheet->lines[i];
        page->sums[i + 1] = page->sums[i] + (line->sentence ? line->width : 0);
        page->copies[line->key_number]++;
    }
    for (Py_ssize_t k = 0; k < sheet->lines[0].content_end; k++)
        page->in_head[sheet->content.items[k]] = true;
    find_story(sheet, page);
    find_periods(sheet, sheet->tables->numbers[N_LONGEST_PERIOD], page->up, page->down);
    return find_gaps(sheet, page->gaps) && find_common(sheet, page->common);
}

static void clean_up(Page *page)
{
    PyMem_Free(page->sums);
    PyMem_Free(page->gaps);
    PyMem_Free(page->up);
    PyMem_Free(page->down);
    PyMem_Free(page->common);
    PyMem_Free(page->copies);
    PyMem_Free(page->again);
    PyMem_Free(page->story);
    PyMem_Free(page->in_head);
    Py_XDECREF(page->head);
}

/* `page_features` */
static bool add_page(const Sheet *sheet, const Page *page, Numbers *to)
{
    const Tables *tables = sheet->tables;
    int64_t count = sheet->count, sentences = 0;
    for (Py_ssize_t i = 0; i < count; i++)
        sentences += sheet->lines[i].sentence;
    int64_t share = 6 * sentences / count;
    return add_number(to, tables->at[AT_page_blocks] +
                              range_of(tables, IN_PLACES, (double)count)) &&
           add_number(to, tables->at[AT_page_mass] +
                              range_of(tables, IN_PAGE_MASSES, (double)page->sums[count])) &&
           add_number(to, tables->at[AT_page_long] + (int32_t)(share < 5 ? share : 5));
}

static bool add_context(const Sheet *sheet, Page *page, Py_ssize_t i, Numbers *to)
{
    const Tables *tables = sheet->tables;
    const int32_t *at = tables->at;
    Py_ssize_t count = sheet->count;
    double total = (double)(page->sums[count] ? page->sums[count] : 1);
    int32_t made[] = {
        at[AT_from_start] + range_of(tables, IN_PLACES, (double)i),
        at[AT_from_end] + range_of(tables, IN_PLACES, (double)(count - 1 - i)),
        at[AT_part] + (int32_t)(10 * (int64_t)i / count),
        at[AT_gaps] + 6 * page->gaps[i] + page->gaps[i + 1],
        at[AT_rhythm] + rhythm_of(sheet, i),
        at[AT_mass_before] + range_of(tables, IN_PARTS, (double)page->sums[i] / total),
        at[AT_near] + mass_pair(sheet, page, i, tables->numbers[N_NEAR]),
        at[AT_wide] + mass_pair(sheet, page, i, tables->numbers[N_WIDE]),
        at[AT_centre] + range_of(tables, IN_DISTANCES, (double)(i - page->centre)),
        at[AT_likeness] + likeness_of(sheet, page, i),
        at[AT_period] + period_of(page->up[i], page->down[i]),
        at[AT_shared] + shared_of(sheet, page, i),
    };
    for (size_t k = 0; k < sizeof made / sizeof *made; k++)
        if (!add_number(to, made[k]))
            return false;
    return true;
}

/* All features of a page, from those of its blocks by themselves. `markups` is a tuple, or NULL for
 * a page of text. */
bool context_features(const Sheet *sheet, PyObject *markups, Features *to)
{
    const Tables *tables = sheet->tables;
    Page page = {0};
    Places places = {0};
    Py_ssize_t titled = -1, from = 0;
    bool fine = prepare(sheet, &page) && add_page(sheet, &page, &to->page);
    if (fine && markups != NULL)
        fine = open_places(tables, markups, &places);
    for (Py_ssize_t i = 0; fine && i < sheet->count; i++) {
        Py_ssize_t end = sheet->lines[i].own_end;
        fine = append_numbers(&to->numbers, sheet->own.items + from, end - from) &&
               add_context(sheet, &page, i, &to->numbers) &&
               add_copies(sheet, &page, i, &titled, &to->numbers) &&
               (markups == NULL || markup_features(tables, markups, i, &places, &to->numbers));
        to->ends[i] = to->numbers.used;
        from = end;
    }
    free_places(&places);
    clean_up(&page);
    return fine;
}
