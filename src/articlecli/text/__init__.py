"""What all stages know of text: lines, sentences, phrases, dates, languages, addresses."""
