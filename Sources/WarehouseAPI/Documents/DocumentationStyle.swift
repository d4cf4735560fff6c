internal import HTTPServer
internal import HTTPTypes

/// How the page about the API looks: on a phone, on a desk, by day and by night.
enum DocumentationStyle {
    /// The answer with it.
    static let response = Response(
        status: .ok,
        fields: [
            .contentType: "text/css; charset=utf-8", .xContentTypeOptions: "nosniff", .cacheControl: "max-age=300",
        ], constant: ConstantContent(Array(text.utf8)))

    private static let text = """
        :root { color-scheme: light dark; --ink: #1c2321; --paper: #fff; --soft: #5b6763; --line: #d9e0dd;
          --block: #f2f6f4; --green: #0b6e4f; --tag: #e0f0e9; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4ebe8; --paper: #141a18; --soft: #9fb0a9; --line: #2e3a36; --block: #1d2623; --green: #62d2a2;
            --tag: #1d3a2e; } }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100%; }
        body { margin: 0 auto; max-width: 60rem; padding: 0 1rem 4rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
        h1 { margin: 1.5rem 0 0; font-size: 1.9rem; line-height: 1.2; }
        h2 { margin: 3rem 0 0.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.4rem; }
        #start h2 { border: 0; margin-top: 1rem; padding: 0; }
        h3 { margin: 0 0 0.5rem; font-size: 1.05rem; overflow-wrap: anywhere; }
        h3 code { background: none; padding: 0; font-size: 1rem; }
        p { margin: 0.5rem 0; }
        a { color: var(--green); }
        header { position: relative; }
        .switch { position: absolute; right: 0; top: 0.4rem; margin: 0; }
        .switch a { display: inline-block; padding: 0.4rem 0; }
        nav { position: sticky; top: 0; z-index: 1; margin: 1rem -1rem 0; padding: 0 1rem; background: var(--paper);
          border-bottom: 1px solid var(--line); overflow-x: auto; }
        nav ul { display: flex; gap: 1.1rem; margin: 0; padding: 0; list-style: none; white-space: nowrap; }
        nav a { display: block; padding: 0.7rem 0; text-decoration: none; }
        article { margin: 1.2rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 0.6rem; }
        article:target { border-color: var(--green); }
        .method { display: inline-block; padding: 0 0.5rem; border-radius: 0.3rem; background: var(--tag);
          color: var(--green); font-size: 0.85rem; font-weight: 700; }
        .who { color: var(--soft); font-size: 0.92rem; }
        code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
        code { padding: 0.1em 0.3em; border-radius: 0.25rem; background: var(--block); font-size: 0.9em;
          overflow-wrap: anywhere; }
        pre { margin: 0.6rem 0; padding: 0.75rem; border-radius: 0.4rem; background: var(--block); overflow-x: auto;
          font-size: 0.85rem; line-height: 1.5; }
        pre code { padding: 0; background: none; font-size: inherit; overflow-wrap: normal; }
        .answer { border-left: 3px solid var(--green); }
        details { margin: 0.4rem 0; border-top: 1px solid var(--line); }
        summary { padding: 0.55rem 0; cursor: pointer; font-weight: 600; }
        table { width: 100%; border-collapse: collapse; }
        th, td { padding: 0.45rem 0.6rem 0.45rem 0; border-top: 1px solid var(--line); text-align: left;
          vertical-align: top; font-weight: normal; }
        thead th { border-top: 0; color: var(--soft); font-size: 0.9rem; }
        tr:target { background: var(--tag); }
        small { display: block; color: var(--soft); font-size: 0.85em; overflow-wrap: anywhere; }
        .fields th { width: 38%; }
        footer { margin-top: 3rem; color: var(--soft); }
        @media (max-width: 40rem) {
          .wide thead { display: none; }
          .wide tr { display: block; padding: 0.6rem 0; border-top: 1px solid var(--line); }
          .wide th, .wide td { display: block; padding: 0.1rem 0; border: 0; }
          .fields th { width: 45%; } }

        """
}
