namespace HotPathGen.Generator.Emission;

/// <summary>Prints the class <c>HotPath</c> for production builds. The oldest language versions must be able to compile it.</summary>
internal static class ApiEmitter
{
    public const string Text =
        GeneratedText.Header
        + $$"""
            namespace HotPathGen
            {
                /// <summary>Does nothing in a production build: the JIT removes every call.</summary>
                {{GeneratedText.NotCovered}}
                internal static class HotPath
                {
                    internal static Block Measure(string name) { return default(Block); }

                    internal static OperationScope Operation(string name) { return default(OperationScope); }

                    internal static string Snapshot() { return ""; }

                    internal static RecordingDetail Detail { get { return RecordingDetail.Off; } set { } }

                    internal static void Reset() { }

                    internal static void WriteSnapshot(string path) { }

                    internal enum RecordingDetail { Off, Light, Standard, Full }

                    internal struct OperationScope : global::System.IDisposable
                    {
                        public void Dispose() { }
                    }

                    internal struct Block : global::System.IDisposable
                    {
                        public void Dispose() { }
                    }
                }
            }

            """;
}
