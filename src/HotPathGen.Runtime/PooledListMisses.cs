using System.Runtime.InteropServices;
using HotPathGen.Runtime;

namespace HotPathGen;

/// <content>
/// The bytes that its rents have allocated, for <see cref="PooledCounts.Listed{T}"/>. The list in production builds does not contain this.
/// </content>
[StructLayout(LayoutKind.Auto)]
public ref partial struct PooledList<T>
{
    private long _before;

    internal long Misses { get; private set; }

    internal long MissBytes { get; private set; }

    partial void BeforeRent() => _before = PooledCounts.Bytes();

    partial void AfterRent()
    {
        long bytes = PooledCounts.Bytes() - _before;
        if (bytes == 0)
        {
            return;
        }

        Misses++;
        MissBytes += bytes;
    }
}
