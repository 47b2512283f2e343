using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace HotPathGen.Prepare;

/// <summary><c>HotPathGen.Prepare.dll &lt;request file&gt; &lt;folder of the compiler&gt;</c></summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [string request, string folder])
        {
            return Fail("usage: HotPathGen.Prepare <request file> <folder that holds Microsoft.CodeAnalysis.CSharp.dll>");
        }

        string compiler = Path.GetFullPath(folder);
        string assembly = Path.Combine(compiler, "Microsoft.CodeAnalysis.CSharp.dll");
        if (!File.Exists(assembly))
        {
            return Fail($"no compiler at {assembly}; set the MSBuild property HotPathCompilerFolder to the folder that holds it");
        }

        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(compiler, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        try
        {
            Prepare(request);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return Fail(exception.Message);
        }
    }

    /// <summary>The rest of <see cref="Main"/>. It is separate, so that nothing of the compiler is loaded before its folder is known.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Prepare(string request) => Preparation.Run(Request.Read(request));

    private static int Fail(string reason)
    {
        // MSBuild turns a line of this form into an error of the build.
        Console.Error.WriteLine($"HotPathGen.Prepare : error HPG105: {reason}");
        return 1;
    }
}
