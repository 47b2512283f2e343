using System.ComponentModel;

namespace HotPathGen.Runtime;

/// <summary>Where generated code registers an assembly's hot methods, from its module initializer. Safe from any thread.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Registry
{
    /// <summary>
    /// Registers the hot methods of one assembly and starts recording if this is the first registration of the process.
    /// Registering the same methods again (an assembly loaded twice) answers with the same indices.
    /// </summary>
    /// <param name="assembly">The assembly's simple name.</param>
    /// <param name="directory">The directory of the project, against which file names can be shortened.</param>
    /// <param name="methods">Its hot methods; the n-th gets the index returned plus n.</param>
    /// <param name="plain">Its hot methods that were left plain.</param>
    /// <returns>The index of the first method; 0 when recording is off.</returns>
    public static int Register(string assembly, string directory, HotMethod[] methods, PlainMethod[] plain)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(plain);
        return Frame.IsEnabled ? Session.Register(new MethodRegistration(assembly, directory, methods, plain)) : 0;
    }
}
