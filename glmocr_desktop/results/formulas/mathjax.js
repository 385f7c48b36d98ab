// Sets one formula at a time with MathJax, whose files have been evaluated before this one.
// All that is called from Python is `typeset(latex, display)`; it takes and gives strings.
(function () {
  "use strict";
  const M = MathJax._;
  const { Configuration } = M.input.tex.Configuration;
  const { CommandMap } = M.input.tex.SymbolMap;
  const { MapHandler } = M.input.tex.MapHandler;
  const BaseMethods = M.input.tex.base.BaseMethods.default;
  const TexParser = M.input.tex.TexParser.default;
  const TexError = M.input.tex.TexError.default;

  const adaptor = M.adaptors.liteAdaptor.liteAdaptor({ cjkCharWidth: 1 });
  M.mathjax.mathjax.handlers.register(new M.handlers.html.HTMLHandler.HTMLHandler(adaptor));
  const visitor = new M.core.MmlTree.SerializedMmlVisitor.SerializedMmlVisitor();

  // The first thing that was wrong with the formula at hand: {id, message, value, remaining}.
  let problem = null;

  function note(id, message, value, remaining) {
    if (problem === null) problem = { id, message, value, remaining };
  }

  // How much of the whole formula is still unread where `parser` stands. An inner parser reads an argument that its
  // outer one has just passed, so that the places add up; macros replace what was read, never what is to come.
  const parsers = [];

  function remaining(parser) {
    const rest = parser.string.length - parser.i;
    const depth = parsers.indexOf(parser);
    if (depth <= 0) return rest;
    const outer = parsers[depth - 1];
    const end = outer.i - 1;
    const closed = outer.string.charAt(end) === "}" && outer.string.slice(0, end).endsWith(parser.whole);
    return remaining(outer) + (closed ? rest + 1 : 0);
  }

  const parse = TexParser.prototype.Parse;
  TexParser.prototype.Parse = function () {
    this.whole = this.string;
    parsers.push(this);
    try {
      parse.call(this);
    } catch (error) {
      if (error instanceof TexError) note(error.id, error.message, "", remaining(this));
      throw error;
    }
    parsers.pop();
  };

  // An unknown command does not cost the whole formula: its name stands in its place.
  function unknown(parser, name) {
    note("UndefinedControlSequence", "", "\\" + name, remaining(parser) + name.length + 1);
    const text = parser.create("text", "\\" + name);
    parser.Push(parser.create("node", "mtext", [], { mathvariant: "monospace" }, text));
  }

  function unknownEnvironment(parser, name) {
    throw new TexError("UnknownEnv", "Unknown environment '%1'", name);
  }

  // Equation numbers are words after the formula: a labelled table would be as wide as a page.
  function again(parser, latex) {
    parser.string = latex + parser.string.slice(parser.i);
    parser.i = 0;
  }

  const handlers = {
    Tag(parser, name) {
      const bare = parser.GetStar();
      const label = parser.GetArgument(name);
      again(parser, "\\qquad\\text{" + (bare ? label : "(" + label + ")") + "}");
    },
    Skip(parser, name) {
      parser.GetArgument(name);
    },
    Reference(parser, name) {
      again(parser, "\\text{" + parser.GetArgument(name) + "}");
    },
    EquationReference(parser, name) {
      again(parser, "\\text{(" + parser.GetArgument(name) + ")}");
    },
  };
  const commands = {
    tag: "Tag", label: "Skip", cline: "Skip", ref: "Reference", eqref: "EquationReference",
    // What models write and MathJax does not know.
    bm: ["Macro", "\\boldsymbol{#1}", 1],
    symbf: ["Macro", "\\mathbf{#1}", 1],
    mathds: ["Macro", "\\mathbb{#1}", 1],
    mathbbm: ["Macro", "\\mathbb{#1}", 1],
    textcircled: ["Macro", "\\enclose{circle}{\\text{#1}}", 1],
    wideparen: ["Macro", "\\overparen{#1}", 1],
    overarc: ["Macro", "\\overparen{#1}", 1],
    nicefrac: ["Macro", "{}^{#1}\\!/_{#2}", 2],
    multicolumn: ["Macro", "#3", 3],
    toprule: ["Macro", "\\hline"],
    midrule: ["Macro", "\\hline"],
    bottomrule: ["Macro", "\\hline"],
    oiint: ["Macro", "\\mathop{\\vcenter{\\Large\u222F}}\\nolimits"],
    oiiint: ["Macro", "\\mathop{\\vcenter{\\Large\u2230}}\\nolimits"],
    // Links and styles go, what they are about stays.
    href: ["Macro", "#2", 2], class: ["Macro", "#2", 2], cssId: ["Macro", "#2", 2], style: ["Macro", "#2", 2],
    require: "Skip",
    parallelogram: ["Macro", "\\mathord{\u25B1}"],
  };
  new CommandMap("ours", commands, Object.assign({}, BaseMethods, handlers));
  // No model means a comment or a parameter by these: they are characters like any other.
  for (const [map, characters] of [["special", "%#"], ["text-special", "%#"]]) {
    for (const character of characters) MapHandler.getMap(map).map.delete(character);
  }
  Configuration.create("ours", {
    handler: { macro: ["ours"] },
    fallback: { macro: unknown, environment: unknownEnvironment },
    priority: 1, // before the packages
  });

  const packages = ["ours"].concat(PACKAGES);
  const font = new M.output.svg.fonts.tex_ts.TeXFont();
  // The font's own ‖ is as low as an x; its ∥ looks the same and is as high as a bracket.
  font.delimiters[0x2016] = font.delimiters[0x2225];
  font.variant.normal.chars[0x2016] = font.variant.normal.chars[0x2225];
  const output = new M.output.svg_ts.SVG({ font, fontCache: "none", mtextInheritFont: false, mtextFont: "" });

  function newDocument() {
    // A new input for every formula: nothing that one defines reaches the next.
    const input = new M.input.tex_ts.TeX({
      packages, tags: "none", maxBuffer: 60000, maxMacros: 1000,
      formatError: (_jax, error) => { throw error; },
    });
    return M.mathjax.mathjax.document("", { InputJax: input, OutputJax: output });
  }

  // A table is as wide as what is in it: a formula does not know how wide the page is.
  function narrow(node) {
    const own = node.attributes && node.attributes.getAllAttributes();
    if (node.isKind("mtable") && /%/.test(own.width || "")) {
      delete own.width;
      delete own.framespacing;
    }
  }

  globalThis.typeset = function (latex, display) {
    problem = null;
    parsers.length = 0;
    const answer = { svg: "", mathml: "" };
    const doc = newDocument();
    try {
      const item = new doc.options.MathItem(latex, doc.inputJax[0], display);
      item.setMetrics(16, 8, 80 * 16, 1000000, 1);
      item.compile(doc);
      item.root.walkTree(narrow);
      answer.mathml = visitor.visitTree(item.root);
      item.typeset(doc);
      answer.svg = adaptor.innerHTML(item.typesetRoot);
    } catch (error) {
      if (!(error instanceof TexError)) throw error;
      note(error.id, error.message, "", 0);
    }
    return JSON.stringify(Object.assign(answer, problem === null ? {} : { problem }));
  };
})();
