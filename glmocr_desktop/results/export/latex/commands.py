"""What the formulas of an exported LaTeX document may use: commands that only draw.

Whatever is not named here, such as a command that reads a file or changes what others mean, is not written.
"""

from __future__ import annotations

_LETTERS = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi omicron pi varpi
rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma Gamma Delta Theta Lambda Xi Pi Sigma Upsilon
Phi Psi Omega varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega aleph beth
gimel daleth hbar hslash imath jmath ell wp Re Im partial infty prime backprime emptyset varnothing nabla surd top bot
angle measuredangle sphericalangle triangle forall exists nexists neg lnot flat natural sharp clubsuit diamondsuit
heartsuit spadesuit eth mho Finv Game Bbbk complement circledS bigstar lozenge blacklozenge square blacksquare Box
Diamond triangledown blacktriangle blacktriangledown diagup diagdown checkmark maltese yen circledR ulcorner urcorner
llcorner lrcorner S P dag ddag copyright pounds degree
"""
_OPERATORS = """
sum prod coprod int iint iiint iiiint idotsint oint oiint smallint bigcap bigcup bigsqcup bigvee bigwedge bigodot
bigotimes bigoplus biguplus limits nolimits displaylimits arccos arcsin arctan arg cos cosh cot coth csc deg det dim
exp gcd hom inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh injlim projlim varinjlim
varprojlim varliminf varlimsup bmod pmod mod pod pm mp times div ast star circ bullet cdot centerdot cap cup Cap Cup
uplus sqcap sqcup vee wedge lor land barwedge veebar doublebarwedge setminus smallsetminus wr diamond bigtriangleup
bigtriangledown triangleleft triangleright lhd rhd unlhd unrhd oplus ominus otimes oslash odot bigcirc dagger ddagger
amalg ltimes rtimes leftthreetimes rightthreetimes curlywedge curlyvee circleddash circledast circledcirc dotplus
divideontimes intercal boxminus boxplus boxtimes boxdot gtrdot lessdot
"""
_RELATIONS = """
le leq ge geq lt gt ll gg lll ggg llless gggtr ne neq equiv approx approxeq simeq cong sim propto varpropto asymp
doteq doteqdot leqq geqq leqslant geqslant eqslantless eqslantgtr lesssim gtrsim lessapprox gtrapprox lessgtr gtrless
lesseqgtr gtreqless lesseqqgtr gtreqqless risingdotseq fallingdotseq backsim backsimeq thicksim thickapprox bumpeq
Bumpeq circeq eqcirc triangleq prec succ preceq succeq preccurlyeq succcurlyeq curlyeqprec curlyeqsucc precsim succsim
precapprox succapprox subset supset subseteq supseteq subseteqq supseteqq Subset Supset sqsubset sqsupset sqsubseteq
sqsupseteq subsetneq supsetneq subsetneqq supsetneqq varsubsetneq varsupsetneq in ni owns notin vdash dashv models
vDash Vdash Vvdash perp parallel shortparallel mid shortmid bowtie Join smile frown smallsmile smallfrown between
pitchfork therefore because backepsilon blacktriangleleft blacktriangleright vartriangle vartriangleleft
vartriangleright trianglelefteq trianglerighteq ntriangleleft ntriangleright ntrianglelefteq ntrianglerighteq nless
ngtr nleq ngeq nleqslant ngeqslant nleqq ngeqq lneq gneq lneqq gneqq lvertneqq gvertneqq lnsim gnsim lnapprox gnapprox
nprec nsucc npreceq nsucceq precneqq succneqq precnsim succnsim precnapprox succnapprox nsim ncong nshortmid
nshortparallel nmid nparallel nvdash nvDash nVdash nVDash nsubseteq nsupseteq nsubseteqq nsupseteqq not coloneqq
eqqcolon vcentcolon
"""
_ARROWS = """
gets to leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longleftarrow longrightarrow
longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow iff implies impliedby mapsto longmapsto
hookleftarrow hookrightarrow uparrow downarrow updownarrow Uparrow Downarrow Updownarrow nearrow searrow swarrow
nwarrow leftharpoonup leftharpoondown rightharpoonup rightharpoondown rightleftharpoons leftrightharpoons leadsto
leftleftarrows rightrightarrows leftrightarrows rightleftarrows upuparrows downdownarrows upharpoonleft upharpoonright
downharpoonleft downharpoonright Lleftarrow Rrightarrow twoheadleftarrow twoheadrightarrow leftarrowtail
rightarrowtail looparrowleft looparrowright curvearrowleft curvearrowright circlearrowleft circlearrowright Lsh Rsh
dashleftarrow dashrightarrow leftrightsquigarrow rightsquigarrow multimap nleftarrow nrightarrow nleftrightarrow
nLeftarrow nRightarrow nLeftrightarrow restriction xleftarrow xrightarrow xleftrightarrow xLeftarrow xRightarrow
xLeftrightarrow xmapsto xhookleftarrow xhookrightarrow xrightharpoonup xrightharpoondown xleftharpoonup
xleftharpoondown xrightleftharpoons xleftrightharpoons xlongequal
"""
_BUILDERS = """
frac dfrac tfrac cfrac binom dbinom tbinom over atop choose brace brack sqrt root of stackrel overset underset
substack sideset overline underline overbrace underbrace overbracket underbracket overparen underparen overleftarrow
overrightarrow overleftrightarrow underleftarrow underrightarrow underleftrightarrow hat widehat check widecheck tilde
widetilde acute grave dot ddot dddot ddddot breve bar vec mathring boxed cancel bcancel xcancel phantom hphantom
vphantom smash mathstrut bra ket braket mathllap mathrlap mathclap prescript mathrm mathbf mathit mathsf mathtt
mathcal mathbb mathfrak mathscr mathnormal boldsymbol pmb bm Bbb frak operatorname rm bf it sf tt cal displaystyle
textstyle scriptstyle scriptscriptstyle mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner ldots
cdots vdots ddots dots dotsc dotsb dotsm dotsi dotso ldotp cdotp colon hline quad qquad enspace thinspace medspace
thickspace negthinspace negmedspace negthickspace
"""
_DELIMITERS = """
langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert backslash lbrace rbrace lbrack rbrack lgroup
rgroup lmoustache rmoustache uparrow downarrow updownarrow Uparrow Downarrow Updownarrow ulcorner urcorner llcorner
lrcorner
"""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


DELIMITERS = _names(_DELIMITERS)
COMMANDS = DELIMITERS.union(*(each.split() for each in (_LETTERS, _OPERATORS, _RELATIONS, _ARROWS, _BUILDERS)))
"""Commands that are written as they are."""

SIZES = _names("big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm left right middle")
"""Commands that must stand before a delimiter."""

SIGNS = frozenset(",;:!>|{}#%&$_")
"""Signs that may follow a backslash."""

WORDS = {
    **dict.fromkeys(("text", "mbox", "hbox", "textnormal", "textup"), "text"),
    **{name: name for name in ("textrm", "textbf", "textit", "textsf", "texttt")},
}
"""Commands with words for an argument, and what they are written as."""

STARRED = frozenset(["operatorname"])
"""Commands whose name may be followed by a star."""

IGNORED = _names(
    "nonumber notag allowbreak nobreak relax"
    " tiny Tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge"
)
"""Commands that draw nothing, or only change a size that formulas of LaTeX do not have."""

ENVIRONMENTS = {
    **{
        name: name
        for name in _names(
            "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases dcases rcases aligned gathered array"
            " alignedat subarray"
        )
    },
    **{f"{name}matrix*": f"{name}matrix*" for name in ("", "p", "b", "B", "v", "V")},
    **dict.fromkeys(("align", "align*", "flalign", "flalign*", "split"), "aligned"),
    **dict.fromkeys(("alignat", "alignat*"), "alignedat"),
    **dict.fromkeys(("gather", "gather*", "multline", "multline*", "multlined", "equation", "equation*"), "gathered"),
    **dict.fromkeys(("eqnarray", "eqnarray*", "darray"), "array"),
}
"""Environments, and what they are written as inside of a formula."""

COLOURS = _names("red green blue cyan magenta yellow black gray white darkgray lightgray brown lime olive orange")
"""Colours that every installation knows."""
