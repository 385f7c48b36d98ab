"""Formulas of all kinds, as people and models write them."""

from __future__ import annotations

EXAMPLES: dict[str, str] = {
    # scripts, fractions, roots
    "power": r"E = mc^2",
    "fraction": r"\frac{a+b}{c-d}",
    "nested_fractions": r"\cfrac{1}{1+\cfrac{1}{1+\cfrac{1}{x}}}",
    "text_fraction": r"\tfrac{1}{2} + \dfrac{3}{4} + {a \over b}",
    "both_scripts": r"x_{i}^{2} + y_{j,k}'' + {}_{n}C_{k}",
    "tower": r"2^{2^{2^{x}}} + a_{b_{c_{d}}}",
    "primes": r"f'(x) = g''(x) + h'''",
    "root": r"\sqrt{x^2 + y^2}",
    "cube_root": r"\sqrt[3]{\frac{a}{b}}",
    "tall_root": r"\sqrt{\frac{\displaystyle\sum_{i=1}^{n} (x_i - \bar{x})^2}{n - 1}}",
    "root_of_root": r"\sqrt{1+\sqrt{1+\sqrt{1+x}}}",
    "quadratic": r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    "binomial": r"\binom{n}{k} = \frac{n!}{k!(n-k)!}",
    "prescripts": r"{}^{14}_{6}\mathrm{C} \to {}^{14}_{7}\mathrm{N}",
    # large operators
    "sum": r"\sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6}",
    "product": r"\prod_{p \text{ prime}} \frac{1}{1 - p^{-s}}",
    "integral": r"\int_{-\infty}^{\infty} e^{-x^2} \, dx = \sqrt{\pi}",
    "double_integral": r"\iint_{D} f(x,y) \, \mathrm{d}x \, \mathrm{d}y",
    "triple_integral": r"\iiint_V \nabla \cdot \mathbf{F} \, dV = \oiint_S \mathbf{F} \cdot d\mathbf{S}",
    "contour_integral": r"\oint_C \frac{f(z)}{z - z_0} \, dz = 2\pi i f(z_0)",
    "limits_integral": r"\int\limits_{0}^{1} x \, dx",
    "limit": r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
    "substack": r"\sum_{\substack{0 \le i \le m \\ 0 < j < n}} P(i, j)",
    "unions": r"\bigcup_{i=1}^{n} A_i \cap \bigcap_{j} B_j \oplus \bigoplus_k V_k",
    "argmax": r"\operatorname*{arg\,max}_{\theta \in \Theta} \log p(x \mid \theta)",
    "operator_name": r"\operatorname{rank}(A) + \operatorname{tr} B + \det C + \ker D",
    "sup_inf": r"\sup_{x \in A} f(x) \ge \inf_{x \in A} f(x), \quad \limsup_{n \to \infty} a_n",
    "coproduct": r"\coprod_{i \in I} X_i",
    # accents, braces, lines, arrows
    "accents": r"\hat{a} \vec{b} \tilde{c} \bar{d} \dot{x} \ddot{y} \check{z} \acute{e} \grave{o} \breve{u}",
    "wide_accents": r"\widehat{abc} + \widetilde{xyz} + \overline{AB} + \underline{CD}",
    "over_arrows": r"\overrightarrow{AB} + \overleftarrow{CD} + \overleftrightarrow{EF}",
    "overbrace": r"\overbrace{a + b + \cdots + z}^{26} + \underbrace{1 + 1 + \cdots + 1}_{n}",
    "long_arrow": r"A \xrightarrow[\text{below}]{\text{a long word above}} B \xleftarrow{f} C",
    "arrows": r"a \to b \Rightarrow c \iff d \mapsto e \hookrightarrow f \rightleftharpoons g \leadsto h",
    "stacked": r"a \stackrel{\mathrm{def}}{=} b \overset{!}{=} c \underset{x}{\sim} d",
    "cancelled": r"\frac{\cancel{x} y}{\cancel{x} z} + \bcancel{a} + \xcancel{b}",
    "boxed": r"\boxed{x = \frac{1}{2}}",
    "enclosed": r"\enclose{circle}{5} + \enclose{longdiv}{123} + \enclose{horizontalstrike}{ab}",
    "phantoms": r"\phantom{abc} + x \hphantom{y} z \vphantom{\frac12}",
    # delimiters
    "left_right": r"\left( \frac{a}{b} \right) + \left[ \frac{c}{d} \right] + \left\{ \frac{e}{f} \right\}",
    "bars": r"\left| \frac{x}{y} \right| + \left\| \mathbf{v} \right\| + \lvert a \rvert + \lVert b \rVert",
    "floor_ceiling": r"\left\lfloor \frac{n}{2} \right\rfloor + \left\lceil \frac{n}{2} \right\rceil",
    "angles": r"\left\langle \psi \middle| \hat{H} \middle| \phi \right\rangle + \braket{a|b}",
    "one_sided": r"\left. \frac{\partial f}{\partial x} \right|_{x=0}",
    "big_delimiters": r"\big( \Big( \bigg( \Bigg( x \Bigg) \bigg) \Big) \big)",
    "tall_parentheses": r"\left( \begin{matrix} a \\ b \\ c \\ d \\ e \end{matrix} \right)",
    "half_open": r"\left( 0, 1 \right] \cup \left[ 2, 3 \right)",
    # matrices, cases, arrays
    "matrix": r"\begin{matrix} a & b \\ c & d \end{matrix}",
    "pmatrix": r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    "bmatrix_dots": (
        r"\begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \\ a_{m1} & \cdots & a_{mn} "
        r"\end{bmatrix}"
    ),
    "vmatrix": r"\begin{vmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \\ 7 & 8 & 9 \end{vmatrix} = \begin{Vmatrix} x \end{Vmatrix}",
    "Bmatrix": r"\begin{Bmatrix} x \\ y \end{Bmatrix}",
    "small_matrix": r"\bigl( \begin{smallmatrix} a & b \\ c & d \end{smallmatrix} \bigr)",
    "cases": r"f(x) = \begin{cases} x^2 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
    "cases_chinese": r"f(x) = \begin{cases} x^2, & \text{若 } x > 0 \\ 0, & \text{其他} \end{cases}",
    "right_cases": r"\left. \begin{array}{l} a = 1 \\ b = 2 \end{array} \right\} \Rightarrow c",
    "array_rules": r"\begin{array}{|l|c|r|} \hline a & b & c \\ \hline 1 & 22 & 333 \\ \hline \end{array}",
    "array_dashes": r"\begin{array}{c:c} a & b \\ \hdashline c & d \end{array}",
    "augmented": r"\left[ \begin{array}{cc|c} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array} \right]",
    "truth_table": r"\begin{array}{c|c|c} p & q & p \land q \\ \hline T & F & F \\ F & F & F \end{array}",
    "block_matrix": (
        r"\begin{pmatrix} \mathbf{A} & \mathbf{0} \\ \mathbf{0}^{\top} & \begin{matrix} 1 & 0 \\ 0 & 1 "
        r"\end{matrix} \end{pmatrix}"
    ),
    # several lines
    "aligned": r"\begin{aligned} a &= b + c \\ &= d + e + f \end{aligned}",
    "align_tags": r"\begin{align} x &= 1 \tag{1} \\ y &= 2 \tag{2} \end{align}",
    "align_star": (
        r"\begin{align*} \nabla \cdot \mathbf{E} &= \frac{\rho}{\varepsilon_0} \\ \nabla \times \mathbf{B} &= "
        r"\mu_0 \mathbf{J} \end{align*}"
    ),
    "gather": r"\begin{gather} a = b \\ c + d = e \end{gather}",
    "multline": r"\begin{multline} a + b + c + d \\ + e + f + g \\ = h \end{multline}",
    "split": r"\begin{split} (a+b)^2 &= a^2 + 2ab + b^2 \\ &\ge 0 \end{split}",
    "eqnarray": r"\begin{eqnarray} a & = & b \\ c & = & d \end{eqnarray}",
    "equation_tag": r"\begin{equation} E = h\nu \tag{3.1} \end{equation}",
    "tag": r"E = mc^2 \tag{1}",
    "tag_star": r"a^2 + b^2 = c^2 \tag*{[P]}",
    "system": r"\left\{ \begin{aligned} 2x + y &= 8 \\ x - 3y &= -1 \end{aligned} \right.",
    "diagram": r"\begin{CD} A @>f>> B \\ @VgVV @VVhV \\ C @>>k> D \end{CD}",
    # words and fonts
    "chinese_text": r"\text{速度} = \frac{\text{距离}}{\text{时间}}",
    "raw_chinese": r"速度 = \frac{距离}{时间}",
    "chinese_scripts": r"P_{\text{总}} = \sum_{i=1}^{n} P_i, \quad \eta = \frac{W_{有用}}{W_{总}} \times 100\%",
    "text_spaces": r"x \in A \text{ if and only if } y \notin B",
    "fonts": r"\mathbb{R} \mathcal{L} \mathfrak{g} \mathscr{F} \mathsf{S} \mathtt{T} \mathbf{v} \mathit{i} \mathrm{d}",
    "bold_symbols": r"\boldsymbol{\alpha} + \boldsymbol{x} + \bm{\beta}",
    "greek": (
        r"\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\vartheta\iota\kappa\lambda\mu\nu\xi\pi"
        r"\rho\sigma\tau\upsilon\phi\varphi\chi\psi\omega"
    ),
    "capital_greek": r"\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Upsilon\Phi\Psi\Omega",
    "number_sets": r"\mathbb{N} \subset \mathbb{Z} \subset \mathbb{Q} \subset \mathbb{R} \subset \mathbb{C}",
    "colours": r"\color{red}{x} + \textcolor{blue}{y} + \colorbox{yellow}{z}",
    "sizes": r"{\small a} {\Large b} {\tiny c} \displaystyle \sum_i \textstyle \sum_i",
    "spaces": r"a\,b\:c\;d\quad e\qquad f\!g~h\ i",
    "units": r"9.81\,\mathrm{m/s^2} = 9.81\ \text{m}\cdot\text{s}^{-2}, \quad 25^{\circ}\mathrm{C}",
    "percent": r"12.5\% + \$3 + \#4 + a\_b + \{c\} + d \& e",
    # relations and logic
    "relations": r"a \le b \geq c \neq d \approx e \equiv f \sim g \propto h \ll i \gg j \simeq k \cong l",
    "negations": r"a \not= b \notin C \nsubseteq D \nmid e \not\equiv f \nexists g",
    "logic": r"\forall x \in X \; \exists y : P(x) \land \lnot Q(y) \lor R \implies \bot \vdash \top",
    "sets": r"A \cup B \setminus C \subseteq D \cap \emptyset = \varnothing \times E^{c}",
    "dots": r"1, 2, \ldots, n \quad a + \cdots + z \quad \vdots \quad \ddots",
    "modulo": r"a \equiv b \pmod{n} \quad a \bmod b",
    "misc_symbols": (
        r"\hbar \ell \Re \Im \aleph \partial \nabla \infty \angle \triangle \square \therefore \because "
        r"\dagger"
    ),
    # physics and chemistry
    "maxwell": (
        r"\oint_{\partial S} \mathbf{B} \cdot \mathrm{d}\boldsymbol{\ell} = \mu_0 I + \mu_0 \varepsilon_0 "
        r"\frac{\mathrm{d}\Phi_E}{\mathrm{d}t}"
    ),
    "schroedinger": (
        r"i\hbar \frac{\partial}{\partial t} \Psi(\mathbf{r}, t) = \left[ -\frac{\hbar^2}{2m} \nabla^2 + V "
        r"\right] \Psi"
    ),
    "tensor": r"R_{\mu\nu} - \tfrac12 R\, g_{\mu\nu} + \Lambda g_{\mu\nu} = \frac{8\pi G}{c^4} T_{\mu\nu}",
    "chemistry": r"\ce{H2O + CO2 -> H2CO3}",
    "equilibrium": r"\ce{N2 + 3H2 <=>[\text{Fe}][500^{\circ}C] 2NH3}",
    "ions": r"\ce{SO4^2- + Ba^2+ -> BaSO4 v}",
    "normal_distribution": r"f(x) = \frac{1}{\sigma\sqrt{2\pi}} \exp\!\left( -\frac{(x - \mu)^2}{2\sigma^2} \right)",
    "bayes": r"P(A \mid B) = \frac{P(B \mid A)\, P(A)}{P(B)}",
    "fourier": r"\hat{f}(\xi) = \int_{\mathbb{R}} f(x)\, e^{-2\pi i x \xi} \, \mathrm{d}x",
    "softmax": r"\mathrm{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}",
    "long": (
        r"(1+x)^n = 1 + nx + \frac{n(n-1)}{2!}x^2 + \frac{n(n-1)(n-2)}{3!}x^3 + \cdots + "
        r"\frac{n(n-1)\cdots(n-k+1)}{k!}x^k + \cdots + x^n"
    ),
    "new_command": r"\newcommand{\R}{\mathbb{R}} f : \R^n \to \R^m",
    # as models write: blanks between all tokens
    "spaced_fraction": r"\frac {q l}{2 t _ {1}}",
    "spaced_power": r"x ^ { 2 } + y ^ { 2 } = r ^ { 2 }",
    "spaced_font": r"\int _ { 0 } ^ { \infty } f ( x ) \, { \rm d } x = \mathrm { d i v } \, \mathbf { A }",
    "spaced_operator": r"\operatorname* { a r g m i n } _ { w } \operatorname { l o s s } ( w )",
    "spaced_matrix": r"\left( \begin{array} { c c } { { a } } & { { b } } \\ { { c } } & { { d } } \end{array} \right)",
    "spaced_cases": (
        r"y = \left\{ \begin{array} { l l } { 0 , } & { x < 0 } \\ { 1 , } & { x \geq 0 } \end{array} \right."
    ),
    "spaced_primes": r"y ^ { \prime \prime } + p ( x ) y ^ { \prime } + q ( x ) y = 0",
    "spaced_aligned": (
        r"\begin{aligned} { L } & { { } = \sum _ { i = 1 } ^ { n } l _ { i } } \\ { } & { { } = 3 . 5 } "
        r"\end{aligned}"
    ),
    "delimited": r"$$ \alpha _ { 1 } + \beta ^ { 2 } $$",
    "comment_signs": r"5% + a # b",
    "link": r"\href{https://example.com}{x} + \style{color: red}{y}",
    "bracketed": r"\[ \vec { F } = m \vec { a } \]",
}
"""All of these are drawn as they stand."""

BROKEN: dict[str, str] = {
    "cut_in_fraction": r"x = \frac{a + b}{c",
    "cut_in_root": r"\sqrt{\frac{1}{2",
    "cut_in_matrix": r"\begin{pmatrix} a & b \\ c",
    "cut_in_delimiters": r"\left( \frac{a}{b}",
    "cut_after_left": r"a + \left",
    "cut_before_exponent": r"x + y^",
    "cut_before_argument": r"1 + \frac",
    "brace_too_many": r"a } + b",
    "right_without_left": r"a \right) + b",
    "left_without_right": r"\left\{ a + b",
    "wrong_end": r"\begin{matrix} a & b \end{pmatrix}",
    "unknown_command": r"a + \unknowncommand{b} + c",
    "unknown_environment": r"\begin{theorem} x = 1 \end{theorem}",
    "tabular": r"\begin{tabular}{cc} 1 & 2 \\ 3 & 4 \end{tabular}",
    "double_exponent": r"x^2^3 + 1",
    "double_index": r"a_i_j",
    "loose_columns": r"a & = b \\ c & = d",
    "open_dollar": r"\text{a $x} b",
}
"""Something is wrong with each of these, and yet there is something to draw."""
