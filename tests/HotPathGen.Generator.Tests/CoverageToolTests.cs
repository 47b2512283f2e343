using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis.Emit;

namespace HotPathGen.Generator.Tests;

/// <summary>A coverage tool, such as coverlet, counts lines by their sequence points. It must count only the user's lines.</summary>
public sealed class CoverageToolTests
{
    private const string Source = """
        [Instrument]
        public static partial class Sample
        {
            public static int Ordinary(string text) => text.Split(' ').Length;

            public static async Task<int> LaterAsync(string text)
            {
                await Task.Yield();
                return text.Length;
            }

            public static void Block()
            {
                using (HotPath.Measure("block"))
                {
                }
            }

            public static partial int Pooled(int count);

            private static int PooledCore(int count, [Pooled(16)] scoped Span<char> room, [Pooled(4)] ref PooledList<int> list)
            {
                list.Add(room.Length);
                return list.Count + count;
            }
        }
        """;

    [TestCase(false)]
    [TestCase(true)]
    public void No_line_of_a_generated_file_is_counted(bool measured)
    {
        var build = (measured ? Build.Measured(Source) : Build.Production(Source)).MustCompile();
        using var module = new MemoryStream();
        using var symbols = new MemoryStream();
        Assert.That(
            build.Output.Emit(module, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb)).Success,
            Is.True
        );
        module.Position = symbols.Position = 0;
        using var executable = new PEReader(module);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var metadata = executable.GetMetadataReader();
        var debug = provider.GetMetadataReader();

        var counted = (
            from handle in metadata.MethodDefinitions
            from point in debug.GetMethodDebugInformation(handle).GetSequencePoints()
            where !point.IsHidden
            let document = debug.GetString(debug.GetDocument(point.Document).Name)
            let method = metadata.GetMethodDefinition(handle)
            where !IsLeftOut(metadata, method.GetDeclaringType())
            select (Document: document, Method: metadata.GetString(method.Name))
        ).ToList();

        Assert.That(
            counted.Select(line => line.Document).Distinct(),
            Is.EqualTo([Build.Folder + "Sample.cs"]),
            string.Join('\n', counted.Distinct())
        );
        Assert.That(counted, Is.Not.Empty);
    }

    [Test]
    public void The_runtime_is_left_out() =>
        Assert.That(typeof(HotPath).Assembly.GetCustomAttribute<ExcludeFromCodeCoverageAttribute>(), Is.Not.Null);

    private static bool IsLeftOut(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetCustomAttributes()
                .Select(metadata.GetCustomAttribute)
                .Any(attribute =>
                    attribute.Constructor.Kind == HandleKind.MemberReference
                    && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
                    && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) == nameof(ExcludeFromCodeCoverageAttribute)
                ) || (!type.GetDeclaringType().IsNil && IsLeftOut(metadata, type.GetDeclaringType()));
    }
}
