using System.Reflection;
using System.Runtime.Loader;

namespace HotPathGen.Generator.Tests;

/// <summary>A compiled sample in its own load context, which is unloaded when the sample is disposed.</summary>
internal sealed class LoadedSample : IDisposable
{
    private readonly AssemblyLoadContext _context;
    private readonly Assembly _assembly;

    public LoadedSample(string name, byte[] image)
    {
        _context = new(name, isCollectible: true);
        using var stream = new MemoryStream(image);
        _assembly = _context.LoadFromStream(stream);
        Name = name;
    }

    public string Name { get; }

    /// <summary>Calls <c>Sample.Run()</c>, which every sample that runs has.</summary>
    public string Run() =>
        (string)
            _assembly
                .GetType("Sample", throwOnError: true)!
                .GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!
                .Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;

    public Assembly Assembly => _assembly;

    public void Dispose() => _context.Unload();
}
