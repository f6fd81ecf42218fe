articles-deed-see = Read the text of papers
articles-deed-write = Write, translate and check the text of papers
articles-page = The articles of a paper, its languages side by side
articles-cell = An article in one language, with its history
articles-write = Write an article in one language
articles-judge = Say what this version is worth
articles-authentic-name = Name the authentic languages of a paper
articles-text = Text by article
articles-open = Read the text
articles-in-paper = { $count ->
    [0] No article has been written yet.
    [one] One article.
   *[other] { $count } articles.
 }
articles-some-behind = { $count ->
    [one] one translation is behind
   *[other] { $count } translations are behind
 }
articles-lead = Each article stands in its languages side by side. A translation that was made from an older text is marked.
articles-preamble = Preamble
articles-article = Article { $number }
articles-none = No article has been written yet.
articles-nothing = This article has not been written in this language yet.
articles-two = two versions: somebody has to merge them
articles-merge = Two people wrote at the same time. Both texts are kept. Write below what shall hold, and save: that merges them.
articles-now = As it stands now
articles-edit = Edit, history
articles-write-it = Write the text
articles-add = Add article { $number }
articles-add-preamble = Add the preamble
articles-heading = Heading
articles-text-of-it = Text
articles-renders = Translated from
articles-renders-hint = Leave it empty for an original. When the other text changes, this one will be marked as behind.
articles-renders-newest = { $lang }, as of { $at }
articles-renders-older = an older text, as before
articles-save = Save
articles-history = Earlier versions
articles-worth = State
articles-worth-draft = draft
articles-worth-checked = checked
articles-worth-agreed = agreed
articles-is-behind = behind the text in { $lang }
articles-was-written = Written { $at }.
articles-was-written-by = Written by { $by }, { $at }.
articles-was-judged = State set { $at }.
articles-was-judged-by = State set by { $by }, { $at }.
articles-operator = the operator
articles-authentic = Authentic languages
articles-authentic-are = Authentic text:
articles-authentic-hint = The languages whose text decides when the texts differ.
articles-lang-id = Indonesian
articles-lang-ko = Korean
articles-lang-en = English
articles-done-written = The article is written. Translations of the text before it are marked now.
articles-done-beside = Somebody else wrote in the meantime. Your text and theirs are both kept; please merge them.
articles-done-judged = The state of this version is recorded.
articles-done-authentic = The authentic languages are recorded.
articles-no_text = Write the text of the article.
articles-too_long = This is too long. Use at most { $most } letters, or divide the article.
articles-unknown_base = The page that you wrote on belongs to another article. Open this article again and copy your text there.
articles-unknown_source = The text that it should be translated from is not there. Choose one from the list, or leave it empty.
articles-unchanged = Nothing was changed. Change the text, or go back.
articles-no_version = There is no such version. Open the article again.
articles-replaced = This version has been replaced. Open the article again and look at the newest one.
articles-two_versions = There are two versions that were written at the same time. Merge them first, then say that the text is agreed.
articles-behind = This translation is behind the text that it was made from. Bring it up to date first.
