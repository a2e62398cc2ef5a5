//! English irregular forms and function words, which a suffix stemmer cannot know.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A lemma and then its irregular forms, a lemma a line. Forms that a stemmer already brings to the
/// lemma are left out, as are those where another reading is at least as common (`wound`, `lay`, `ground`).
const FORMS: &str = "\
arise arose arisen
awake awoke awoken
bear bore borne
beat beaten
become became
begin began begun
behold beheld
bend bent
beseech besought
bid bade bidden
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen
cling clung
come came
creep crept
deal dealt
dig dug
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
dwell dwelt
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fling flung
fly flew flown
forbid forbade forbidden
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
forsake forsook forsaken
freeze froze frozen
get got gotten
give gave given
go went gone
grow grew grown
hang hung
hear heard
hide hid hidden
hold held
keep kept
kneel knelt
know knew known
lay laid
lead led
leap leapt
learn learnt
leave left
lend lent
lie lain lying
light lit
lose lost
make made
mean meant
meet met
mistake mistook mistaken
outdo outdid outdone
overcome overcame
overhear overheard
overtake overtook overtaken
overthrow overthrew overthrown
pay paid
plead pled
prove proven
rebuild rebuilt
redo redid redone
repay repaid
rewrite rewrote rewritten
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
sew sewn
shake shook shaken
shear shorn
shine shone
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
slay slew slain
sleep slept
slide slid
sling slung
slink slunk
smell smelt
sow sown
speak spoke spoken
speed sped
spell spelt
spend spent
spill spilt
spin spun
spit spat
spoil spoilt
spring sprang sprung
stand stood
steal stole stolen
stick stuck
sting stung
stink stank stunk
stride strode stridden
strike struck stricken
string strung
strive strove striven
swear swore sworn
sweep swept
swell swollen
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
tread trod trodden
undergo underwent undergone
understand understood
undertake undertook undertaken
undo undid undone
uphold upheld
wake woke woken
wear wore worn
weave wove woven
weep wept
win won
withdraw withdrew withdrawn
withhold withheld
withstand withstood
wring wrung
write wrote written
die dying dead death
tie tying
vie vying
man men
woman women
child children
person people
foot feet
tooth teeth
goose geese
mouse mice
louse lice
ox oxen
wife wives
life lives
knife knives
leaf leaves
half halves
self selves
shelf shelves
wolf wolves
thief thieves
loaf loaves
calf calves
scarf scarves
hoof hooves
elf elves
gentleman gentlemen
policeman policemen
businessman businessmen
fisherman fishermen
salesman salesmen
chairman chairmen
spokesman spokesmen
workman workmen
craftsman craftsmen
statesman statesmen
clergyman clergymen
fireman firemen
horseman horsemen
countryman countrymen
kinsman kinsmen
freshman freshmen
postman postmen
nobleman noblemen
madman madmen
boatman boatmen
swordsman swordsmen
englishman englishmen
frenchman frenchmen
grandchild grandchildren
schoolchild schoolchildren
housewife housewives
midwife midwives
bookshelf bookshelves
phenomenon phenomena
criterion criteria
datum data
medium media
bacterium bacteria
crisis crises
analysis analyses
basis bases
thesis theses
hypothesis hypotheses
diagnosis diagnoses
oasis oases
nucleus nuclei
stimulus stimuli
fungus fungi
cactus cacti
alumnus alumni
radius radii
appendix appendices
index indices
matrix matrices
vertex vertices
axis axes
good better best
bad worse worst
far farther further farthest furthest
little less least
much more most
old elder eldest
can could
will would
may might
two twice
one once
china chinese
japan japanese
france french
england english
britain british
";

/// Pronouns: the form that is kept, then those that are brought to it.
const PRONOUNS: &str = "\
i me my mine myself
you your yours yourself yourselves
he him his himself
she her hers herself
it its itself
we us our ours ourselves
they them their theirs themselves
this these
who whom whose
";

/// Contracted words that the general rules (`n't`, `'ll`, `'s`) would take apart wrongly.
const CONTRACTIONS: &str = "\
won't will not
can't can not
shan't shall not
cannot can not
ain't not
gonna go
wanna want
gotta get
";

/// Words without content of their own: articles, auxiliaries, and the commonest prepositions and
/// conjunctions. Modals, negations, question words and those prepositions and conjunctions that Chinese has
/// words for (`before`, `without`, `but`, `because`) are kept: with them, true pairs of sentences stood out
/// from crossed ones a little more clearly than without.
const FUNCTION_WORDS: &str = "\
a an the \
of in to for with on at from by as \
is am are was were be been being have has had having do does did done doing \
and or that there \
eg ie etc";

/// What becomes of a word form, before its suffixes are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// It has no content of its own.
    Function,
    /// It stands for itself and is not to be cut any further.
    Pronoun(&'static str),
    /// It is an irregular form of this lemma.
    Lemma(&'static str),
    /// It stands for these words, separated by spaces.
    Words(&'static str),
}

/// Looks a lower-cased word up; `None` for a regular word. Constant time.
pub(super) fn form(word: &str) -> Option<Form> {
    static TABLE: OnceLock<HashMap<&'static str, Form>> = OnceLock::new();
    TABLE.get_or_init(table).get(word).copied()
}

fn table() -> HashMap<&'static str, Form> {
    let mut table = HashMap::new();
    for line in FORMS.lines() {
        let mut words = line.split(' ');
        let Some(lemma) = words.next() else { continue };
        table.extend(words.map(|form| (form, Form::Lemma(lemma))));
    }
    for line in CONTRACTIONS.lines() {
        if let Some((word, rest)) = line.split_once(' ') {
            table.insert(word, Form::Words(rest));
        }
    }
    for line in PRONOUNS.lines() {
        let Some(kept) = line.split(' ').next() else { continue };
        table.extend(line.split(' ').map(|form| (form, Form::Pronoun(kept))));
    }
    table.extend(FUNCTION_WORDS.split(' ').map(|word| (word, Form::Function)));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_stands_twice() {
        let mut seen = HashMap::new();
        for line in FORMS.lines().chain(PRONOUNS.lines()) {
            let lemma = line.split(' ').next().unwrap();
            for form in line.split(' ').skip(1) {
                assert_eq!(seen.insert(form, lemma), None, "{form}");
            }
        }
        assert!(seen.len() >= 250, "{} forms", seen.len());
    }

    #[test]
    fn each_kind() {
        assert_eq!(form("went"), Some(Form::Lemma("go")));
        assert_eq!(form("him"), Some(Form::Pronoun("he")));
        assert_eq!(form("the"), Some(Form::Function));
        assert_eq!(form("won't"), Some(Form::Words("will not")));
        assert_eq!(form("alignment"), None);
    }
}
