using System.Text;
using HotPathGen.Generator.Models;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Emission;

/// <summary>
/// Prints the interceptors of the calls in copies. An interceptor is for the calls that it names, and the one of the original body names only that
/// call.
/// </summary>
internal static class InterceptorsEmitter
{
    /// <param name="copies">The text of the file with the copies. The compiler knows a file by its text.</param>
    /// <param name="calls">The calls in it.</param>
    public static string Emit(string copies, IEnumerable<(int Position, InterceptedModel Call)> calls)
    {
        string contents = InterceptedPlace.ContentsOf(SourceText.From(copies, Encoding.UTF8));
        var text = new StringBuilder(GeneratedText.Header)
            .Append("#nullable enable annotations\nnamespace System.Runtime.CompilerServices\n{\n")
            .Append("    [global::System.AttributeUsage(global::System.AttributeTargets.Method, AllowMultiple = true)]\n")
            .Append("    file sealed class InterceptsLocationAttribute : global::System.Attribute\n    {\n")
            .Append("        public InterceptsLocationAttribute(int version, string data) { }\n    }\n}\n")
            .Append("\nnamespace HotPathGen.Generated\n{\n    ")
            .Append(GeneratedText.NotCovered)
            .Append("\n    file static class Interceptors\n    {\n");
        foreach (var interceptor in calls.GroupBy(static call => (call.Call.Head, call.Call.Call), static call => call.Position))
        {
            foreach (int position in interceptor)
            {
                text.Append("        [global::System.Runtime.CompilerServices.InterceptsLocation(1, \"")
                    .Append(new InterceptedPlace(contents, position).Data([]))
                    .Append("\")]\n");
            }

            text.Append("        internal static ").Append(interceptor.Key.Head).Append(" => ").Append(interceptor.Key.Call).Append(";\n");
        }

        return text.Append("    }\n}\n").ToString();
    }
}
