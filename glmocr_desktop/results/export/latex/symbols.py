"""Signs that fonts for text do not have, as LaTeX writes them in formulas."""

from __future__ import annotations

_NAMED = r"""
α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa λ lambda
μ mu ν nu ξ xi π pi ϖ varpi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon φ varphi ϕ phi χ chi ψ psi ω omega
Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega ± pm ∓ mp × times ÷ div ∗ ast
⋆ star ∘ circ ∙ bullet · cdot ⋅ cdot ⊕ oplus ⊖ ominus ⊗ otimes ⊘ oslash ⊙ odot ∩ cap ∪ cup ⊓ sqcap ⊔ sqcup ∨ vee
∧ wedge ∖ setminus ≀ wr ⊎ uplus † dagger ‡ ddagger ≤ le ≥ ge ⩽ leqslant ⩾ geqslant ≪ ll ≫ gg ≠ ne ≡ equiv
≈ approx ≃ simeq ≅ cong ∼ sim ∝ propto ≍ asymp ≐ doteq ≜ triangleq ≺ prec ≻ succ ⪯ preceq ⪰ succeq ≦ leqq ≧ geqq
≲ lesssim ≳ gtrsim ≮ nless ≯ ngtr ≰ nleq ≱ ngeq ≢ not\equiv ⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ⊊ subsetneq
⊋ supsetneq ∈ in ∉ notin ∋ ni ∅ varnothing ⊢ vdash ⊣ dashv ⊨ models ⊥ perp ∥ parallel ∦ nparallel ∣ mid ∤ nmid
→ rightarrow ← leftarrow ↔ leftrightarrow ⇒ Rightarrow ⇐ Leftarrow ⇔ Leftrightarrow ↑ uparrow ↓ downarrow
↕ updownarrow ⇑ Uparrow ⇓ Downarrow ↗ nearrow ↘ searrow ↙ swarrow ↖ nwarrow ↦ mapsto ⟶ longrightarrow
⟵ longleftarrow ⟹ Longrightarrow ⟸ Longleftarrow ⟺ Longleftrightarrow ⇌ rightleftharpoons ⇀ rightharpoonup
↼ leftharpoonup ∀ forall ∃ exists ∄ nexists ¬ neg ∂ partial ∇ nabla ∞ infty ℏ hbar ℓ ell ℜ Re ℑ Im ℵ aleph ℘ wp
∑ sum ∏ prod ∐ coprod ∫ int ∬ iint ∭ iiint ∮ oint √ surd ∠ angle ∡ measuredangle △ triangle ▽ triangledown
□ square ◇ Diamond ∴ therefore ∵ because … ldots ⋯ cdots ⋮ vdots ⋱ ddots ′ prime ⟨ langle ⟩ rangle ⌊ lfloor
⌋ rfloor ⌈ lceil ⌉ rceil ■ blacksquare ▲ blacktriangle ▼ blacktriangledown ★ bigstar ♠ spadesuit ♥ heartsuit
♦ diamondsuit ♣ clubsuit ♭ flat ♮ natural ♯ sharp ✓ checkmark
"""
_WRITTEN = {
    "−": "-",
    "‖": r"\|",
    "″": "''",
    "‴": "'''",
    "°": r"{{}^{\circ}}",
    "℃": r"{{}^{\circ}\mathrm{C}}",
    "℉": r"{{}^{\circ}\mathrm{F}}",
    "Å": r"\text{Å}",
    "⁄": "/",
    "∕": "/",
    "∶": ":",
    "µ": r"\mu",
    "\u00a0": "~",
    "\u2002": "~",
    "\u2003": r"\quad",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u3000": r"\quad",
}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢⱼₖₘₓ", "0123456789+-=()nijkmx", strict=True))
_DOUBLED = dict(zip("ℝℕℤℚℂℙℍ𝔼𝟙", "RNZQCPHE1", strict=True))


def _symbols() -> dict[str, str]:
    named = _NAMED.split()
    symbols = {sign: f"\\{name}" for sign, name in zip(named[::2], named[1::2], strict=True)}
    symbols |= {sign: f"{{{{}}^{{{digit}}}}}" for sign, digit in _RAISED.items()}
    symbols |= {sign: f"{{{{}}_{{{digit}}}}}" for sign, digit in _LOWERED.items()}
    symbols |= {sign: f"\\mathbb{{{letter}}}" for sign, letter in _DOUBLED.items()}
    return symbols | _WRITTEN


SYMBOLS = _symbols()
"""LaTeX of a formula by the sign that it draws; ends in a letter only when a command does."""
