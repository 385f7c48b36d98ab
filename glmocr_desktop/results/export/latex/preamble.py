"""What stands before the text of a LaTeX document: packages that every installation has, others when they are there."""

from __future__ import annotations

PREAMBLE = r"""% !TeX program = xelatex
\documentclass[11pt,a4paper]{article}
\usepackage[margin=25mm]{geometry}
\usepackage{amsmath,amssymb,mathtools,bm}
\usepackage{array,longtable}
\usepackage{graphicx,xcolor}
\usepackage{fontspec}
\IfFileExists{multirow.sty}{\usepackage{multirow}}{}
\IfFileExists{cancel.sty}{\usepackage{cancel}}{}
\IfFileExists{mhchem.sty}{\usepackage[version=4]{mhchem}}{}
\providecommand{\multirow}[4][]{#4}
\providecommand{\cancel}[1]{#1}\providecommand{\bcancel}[1]{#1}\providecommand{\xcancel}[1]{#1}
\providecommand{\ce}[1]{\text{\detokenize{#1}}}

% Chinese, Japanese and Korean: the first of these fonts that is there.
\newcommand{\firstcjkfont}[2][AutoFakeSlant]{\ifdefined\cjkfontfound\else\IfFontExistsTF{#2}{\def\cjkfontfound{}%
  \setCJKmainfont{#2}[#1]\setCJKsansfont{#2}[#1]\setCJKmonofont{#2}[#1]}{}\fi}
\IfFileExists{xeCJK.sty}{\usepackage{xeCJK}
  \xeCJKDeclareCharClass{CJK}{"2460 -> "24FF}
  \firstcjkfont{Noto Serif CJK SC}\firstcjkfont{Source Han Serif SC}\firstcjkfont{Songti SC}
  \firstcjkfont[AutoFakeBold,AutoFakeSlant]{SimSun}\firstcjkfont[AutoFakeBold,AutoFakeSlant]{WenQuanYi Micro Hei}
  \firstcjkfont[AutoFakeSlant,BoldFont=FandolSong-Bold.otf]{FandolSong-Regular.otf}}{}

% Scripts and signs that the usual font does not have.
\newcommand{\otherscript}[1]{#1}
\newcommand{\rightscript}[1]{#1}
\newcommand{\otherfont}[1]{\ifdefined\otherfamily\else\IfFontExistsTF{#1}{%
  \newfontfamily\otherfamily{#1}\renewcommand{\otherscript}[1]{{\otherfamily ##1}}}{}\fi}
\newcommand{\rightfont}[1]{\ifdefined\rightfamily\else\IfFontExistsTF{#1}{%
  \newfontfamily\rightfamily{#1}[Script=Arabic]\renewcommand{\rightscript}[1]{{\rightfamily ##1}}}{}\fi}
\otherfont{DejaVu Sans}\otherfont{Arial Unicode MS}\otherfont{Segoe UI Symbol}\otherfont{FreeSerif}
\rightfont{DejaVu Sans}\rightfont{Times New Roman}\rightfont{FreeSerif}
\ifdefined\TeXXeTstate\TeXXeTstate=1
  \newcommand{\fromright}[1]{\leavevmode\beginR\rightscript{#1}\endR}
  \newcommand{\fromleft}[1]{\beginL{\normalfont #1}\endL}
\else
  \newcommand{\fromright}[1]{#1}\newcommand{\fromleft}[1]{#1}
\fi

% What some formulas use, and LaTeX calls otherwise.
\providecommand{\lt}{<}\providecommand{\gt}{>}\providecommand{\degree}{{}^{\circ}}\providecommand{\omicron}{o}
\providecommand{\overparen}[1]{\overset{\frown}{#1}}\providecommand{\underparen}[1]{\underset{\smile}{#1}}
\providecommand{\widecheck}[1]{\check{#1}}\providecommand{\Bbb}{\mathbb}\providecommand{\frak}{\mathfrak}
\providecommand{\mathscr}{\mathcal}\providecommand{\bra}[1]{\left\langle #1\right|}
\providecommand{\ket}[1]{\left|#1\right\rangle}\providecommand{\braket}[1]{\left\langle #1\right\rangle}
\providecommand{\oiint}{\mathop{\ooalign{$\displaystyle\iint$\cr\hfil$\bigcirc$\hfil\cr}}\nolimits}
\providecommand{\xlongequal}[2][]{\overset{#2}{\underset{#1}{=\joinrel=\joinrel=}}}
\setcounter{MaxMatrixCols}{60}

\newcommand{\struck}[1]{\leavevmode\setbox0=\hbox{#1}\rlap{\rule[0.5ex]{\wd0}{0.4pt}}\box0 }
\newcommand{\fitted}[1]{\setbox0=\hbox{$\displaystyle #1$}\ifdim\wd0>0.9\linewidth
  \vcenter{\hbox{\resizebox{0.9\linewidth}{!}{\box0}}}\else #1\fi}
\newenvironment{code}{\par\medskip\raggedright\ttfamily\footnotesize\parindent=0pt\parskip=0pt}{\par\medskip}
\renewcommand{\labelenumi}{\arabic{enumi}.}\renewcommand{\labelenumii}{\arabic{enumii}.}
\renewcommand{\labelenumiii}{\arabic{enumiii}.}\renewcommand{\labelenumiv}{\arabic{enumiv}.}
\setlength{\parindent}{0pt}\setlength{\parskip}{6pt plus 2pt}\setlength{\emergencystretch}{3em}
\renewcommand{\arraystretch}{1.2}\setlength{\extrarowheight}{1pt}
\makeatletter
\def\@listi{\leftmargin\leftmargini\topsep3pt\parsep0pt\itemsep3pt}\let\@listI\@listi\@listi
\def\@listii{\leftmargin\leftmarginii\labelwidth\leftmarginii\advance\labelwidth-\labelsep\topsep2pt\parsep0pt\itemsep2pt}
\def\@listiii{\leftmargin\leftmarginiii\labelwidth\leftmarginiii\advance\labelwidth-\labelsep\topsep2pt\parsep0pt\itemsep2pt}
\makeatother
\hbadness=10000 \hfuzz=5pt \vbadness=10000
\raggedbottom

\begin{document}
"""
