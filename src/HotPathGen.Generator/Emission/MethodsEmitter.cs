using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the table by which a measured assembly announces its hot methods.</summary>
internal static class MethodsEmitter
{
    /// <summary>The type by which generated code, and the analyzer, know the methods.</summary>
    public const string TypeName = "HotPathGen.Generated.HotPathMethods";

    /// <summary>Before the key of a method: the constant that says why it has no sites.</summary>
    public const string ObstaclePrefix = "O_";

    public static string Emit(string assembly, string directory, EquatableArray<MethodModel> methods, EquatableArray<PlainModel> plain)
    {
        var indices = new StringBuilder();
        var described = new StringBuilder();
        for (int i = 0; i < methods.Count; i++)
        {
            MethodModel method = methods[i];
            indices.Append($"        internal static readonly int M_{method.Key} = s_first + {i};\n");
            if (method.Obstacle is { } obstacle)
            {
                indices.Append($"        internal const string {ObstaclePrefix}{method.Key} = {Literal(obstacle)};\n");
            }

            described.Append($"            new({Literal(method.Id)}, {Literal(method.Name)}, {Literal(Relative(method.File, directory))}, {method.Line}, {Literal(method.Form)}{Sites(method)}{Pooled(method)}{Budget(method)}),\n");
        }

        var left = new StringBuilder();
        foreach (PlainModel method in plain)
        {
            left.Append($"            new({Literal(method.Name)}, {Literal(Relative(method.File, directory))}, {method.Line}, {Literal(method.Reason)}),\n");
        }

        return GeneratedText.Header + $$"""
            #nullable enable annotations

            [assembly: global::System.Reflection.AssemblyMetadata("HotPathInstrumentation", "true")]

            namespace HotPathGen.Generated
            {
                /// <summary>The hot methods of this assembly, by the numbers under which the runtime counts them.</summary>
                internal static class HotPathMethods
                {
                    private static readonly int s_first = global::HotPathGen.Runtime.Registry.Register({{Literal(assembly)}}, {{Literal(directory)}}, Methods(), Plain());
            {{indices}}
                    internal static void Announce() => _ = s_first;

                    private static global::HotPathGen.Runtime.HotMethod[] Methods() => new global::HotPathGen.Runtime.HotMethod[]
                    {
            {{described}}        };

                    private static global::HotPathGen.Runtime.PlainMethod[] Plain() => new global::HotPathGen.Runtime.PlainMethod[]
                    {
            {{left}}        };
                }

                /// <summary>Announces the hot methods when the assembly is loaded, so that one that never runs is listed too.</summary>
                internal static class HotPathAssembly
                {
                    [global::System.Runtime.CompilerServices.ModuleInitializer]
                    internal static void Load()
                    {
                        // Found once, the runtime stays found; a context that kept the handler could never be unloaded.
                        var context = global::System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(HotPathAssembly).Assembly)!;
                        context.Resolving += FindRuntime;
                        HotPathMethods.Announce();
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

            """.Replace("\r", "");
    }

    private static string Sites(MethodModel method) =>
        method.HasSites ? $", HotPathSites.S_{method.Key}" : method.Obstacle is not null ? $", \"\", {ObstaclePrefix}{method.Key}" : "";

    private static string Pooled(MethodModel method) => method.Pooled.Length > 0 ? $", pooled: {Literal(method.Pooled)}" : "";

    private static string Budget(MethodModel method) => method.MaxBytesPerCall >= 0 ? $", maxBytesPerCall: {method.MaxBytesPerCall}" : "";

    private static string Literal(string value) => GeneratedText.Literal(value);

    /// <summary>Paths in reports are relative to the project, with slashes, so that machines agree.</summary>
    private static string Relative(string path, string directory)
    {
        path = path.Replace('\\', '/');
        string[] from = directory.Replace('\\', '/').TrimEnd('/').Split('/');
        string[] to = path.Split('/');
        int common = 0;
        while (common < from.Length && common < to.Length - 1 && from[common] == to[common])
        {
            common++;
        }

        return common <= 1 ? path : string.Concat(Enumerable.Repeat("../", from.Length - common)) + string.Join("/", to.Skip(common));
    }
}
