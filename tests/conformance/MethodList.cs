using System.Runtime.CompilerServices;
using System.Runtime.Loader;

/// <summary>
/// Lists the hot methods of measured assemblies without running any: loads the assemblies, which register their methods. When the process ends, the
/// runtime writes the snapshot. It needs a process of its own, because a process has one snapshot.
/// </summary>
internal static class MethodList
{
    /// <summary>The first argument of the process. The runtime's path follows, then those of the assemblies.</summary>
    public const string Argument = "--list-methods";

    /// <returns>Whether the arguments were for this.</returns>
    public static bool Run(string[] args)
    {
        if (args is not [Argument, var runtime, .. var assemblies])
        {
            return false;
        }

        AssemblyLoadContext.Default.LoadFromAssemblyPath(runtime);
        foreach (string path in assemblies)
        {
            // Two assemblies may have the same name.
            var assembly = new AssemblyLoadContext(path).LoadFromAssemblyPath(path);
            try
            {
                RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
            }
            catch (TypeInitializationException problem)
            {
                // Module initializers of the assembly's own may need its dependencies, which are not here.
                Console.Error.WriteLine($"{Path.GetFileName(path)}: {problem.InnerException?.Message}");
            }
        }

        return true;
    }
}
