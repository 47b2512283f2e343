using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the table by which a measured assembly registers its hot methods.</summary>
internal static class MethodsEmitter
{
    /// <summary>The type by which generated code and the analyzer find the methods.</summary>
    public const string TypeName = "HotPathGen.Generated.HotPathMethods";

    /// <summary>The prefix of the constant that says why a method has no sites. The key of the method follows it.</summary>
    public const string UnsupportedReasonPrefix = "O_";

    public static string Emit(TableModel table) =>
        GeneratedText.Print(text => Print(text, table.Assembly, new(table.Directory), table.Methods, table.Plain));

    private static void Print(
        StringBuilder text,
        string assembly,
        ProjectPaths paths,
        EquatableArray<MethodModel> methods,
        EquatableArray<PlainModel> plain
    )
    {
        string arguments = $"{Literal(assembly)}, {Literal(paths.Directory)}";
        text.Append(GeneratedText.Header)
            .Append(
                $$"""
                #nullable enable annotations

                [assembly: global::System.Reflection.AssemblyMetadata("HotPathInstrumentation", "true")]

                namespace HotPathGen.Generated
                {
                    /// <summary>The hot methods of this assembly, by the numbers under which the runtime counts them.</summary>
                    {{GeneratedText.NotCovered}}
                    internal static class HotPathMethods
                    {
                        private static readonly int s_first = global::HotPathGen.Runtime.HotMethod.Register({{arguments}}, Methods(), Plain());

                """.Replace("\r", "")
            );
        var initializers = methods.Where(static method => method.InitializersPart > 0).ToLookup(static part => part.Id);
        var bodies = new HashSet<string>(methods.Where(static method => method.InitializersPart == 0).Select(static method => method.Id));
        MethodModel[] rows = [.. methods.Where(method => method.InitializersPart == 0 || (!bodies.Contains(method.Id) && IsFirst(method)))];
        for (int i = 0; i < rows.Length; i++)
        {
            Number(rows[i].Key, i);
            foreach (var part in initializers[rows[i].Id])
            {
                if (part != rows[i])
                {
                    Number(part.Key, i);
                }

                bool endsCall =
                    !bodies.Contains(part.Id) && part.InitializersPart == initializers[part.Id].Max(static other => other.InitializersPart);
                text.Append("        internal const bool C_").Append(part.Key).Append(endsCall ? " = true;\n" : " = false;\n");
            }

            if (rows[i].UnsupportedReason is { } unsupportedReason)
            {
                text.Append("        internal const string ")
                    .Append(UnsupportedReasonPrefix)
                    .Append(rows[i].Key)
                    .Append(" = ")
                    .Append(Literal(unsupportedReason))
                    .Append(";\n");
            }
        }

        text.Append(
            """

                    internal static void Register() => _ = s_first;

                    private static global::HotPathGen.Runtime.HotMethod[] Methods() => new global::HotPathGen.Runtime.HotMethod[]
                    {

            """.Replace("\r", "")
        );
        foreach (var method in rows)
        {
            text.Append("            new(")
                .Append(Literal(method.Id))
                .Append(", ")
                .Append(Literal(method.Name))
                .Append(", ")
                .Append(paths.Literal(method.File))
                .Append(", ")
                .Append(method.Line)
                .Append(", ")
                .Append(Literal(method.Form))
                .Append(Sites(method))
                .Append(Pooled(method))
                .Append(Budget(method))
                .Append("),\n");
        }

        text.Append(
            """
                    };

                    private static global::HotPathGen.Runtime.PlainMethod[] Plain() => new global::HotPathGen.Runtime.PlainMethod[]
                    {

            """.Replace("\r", "")
        );
        foreach (var method in plain)
        {
            text.Append("            new(")
                .Append(Literal(method.Name))
                .Append(", ")
                .Append(paths.Literal(method.File))
                .Append(", ")
                .Append(method.Line)
                .Append(", ")
                .Append(Literal(method.Reason))
                .Append("),\n");
        }

        text.Append(
            $$"""
                    };
                }

                /// <summary>Registers the hot methods when the assembly is loaded, so that one that never runs is listed too.</summary>
                {{GeneratedText.NotCovered}}
                internal static class HotPathAssembly
                {
                    [global::System.Runtime.CompilerServices.ModuleInitializer]
                    internal static void Load()
                    {
                        // Found once, the runtime stays found; a context that kept the handler could never be unloaded.
                        var context = global::System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(HotPathAssembly).Assembly)!;
                        context.Resolving += FindRuntime;
                        HotPathMethods.Register();
                        context.Resolving -= FindRuntime;
                    }

                    /// <summary>An application that was last built for production may not list the runtime among its dependencies.</summary>
                    [global::System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Asked only where there is an assembly to load.")]
                    private static global::System.Reflection.Assembly? FindRuntime(global::System.Runtime.Loader.AssemblyLoadContext context, global::System.Reflection.AssemblyName name)
                    {
                        string path = global::System.IO.Path.Combine(global::System.AppContext.BaseDirectory, "HotPathGen.dll");
                        return name.Name == "HotPathGen" && global::System.IO.File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
                    }
                }
            }

            """.Replace("\r", "")
        );

        void Number(string key, int row) =>
            text.Append("        internal static readonly int M_").Append(key).Append(" = s_first + ").Append(row).Append(";\n");

        bool IsFirst(MethodModel part) => part.InitializersPart == initializers[part.Id].Min(static other => other.InitializersPart);
    }

    private static string Sites(MethodModel method) =>
        method.SitesKey is { } key ? $", {FileEmitter.SitesPrefix}{key}.S_{method.Key}"
        : method.UnsupportedReason is not null ? $", default, {UnsupportedReasonPrefix}{method.Key}"
        : "";

    private static string Pooled(MethodModel method) => method.Pooled.Length > 0 ? $", pooled: {Literal(method.Pooled)}" : "";

    private static string Budget(MethodModel method) => method.MaxBytesPerCall >= 0 ? $", maxBytesPerCall: {method.MaxBytesPerCall}" : "";

    private static string Literal(string value) => GeneratedText.Literal(value);

    /// <summary>
    /// Prints paths for reports. They are relative to the project and have slashes, so that machines agree. The methods of a file share one path.
    /// </summary>
    private sealed class ProjectPaths(string directory)
    {
        private readonly string[] _from = directory.Replace('\\', '/').TrimEnd('/').Split('/');
        private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

        public string Directory => directory;

        public string Literal(string path) =>
            _known.TryGetValue(path, out string? known) ? known : _known[path] = MethodsEmitter.Literal(Relative(path.Replace('\\', '/')));

        private string Relative(string path)
        {
            string[] to = path.Split('/');
            int common = 0;
            while (common < _from.Length && common < to.Length - 1 && _from[common] == to[common])
            {
                common++;
            }

            return common <= 1 ? path : string.Concat(Enumerable.Repeat("../", _from.Length - common)) + string.Join("/", to.Skip(common));
        }
    }
}
