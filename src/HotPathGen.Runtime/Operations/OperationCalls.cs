using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Finds the calls of operations by their owners: activities, and scopes of <see cref="HotPath.Operation"/>. A table of a fixed size in native
/// memory. A call can be in any of the places of the bucket that its owner's hash code says. Finding takes no lock. An ended call stays until its
/// place is needed, so that what goes on after it still finds its operation.
/// </summary>
internal sealed unsafe class OperationCalls
{
    /// <summary>As many calls can run at once. With 10,000 at once, one in 19,000 finds its bucket full (Poisson's distribution).</summary>
    public const int Count = Buckets * PerBucket;

    private const int Buckets = 2048;
    public const int PerBucket = 16;

    // 2 MB, of which only the pages in use take memory. It is never freed, because frames on other threads have pointers into it.
    private readonly OperationCall* _calls = New();

    /// <summary>The place of a call, from 0. The next function returns the call there, which has no owner if the place was never used.</summary>
    public int PlaceOf(OperationCall* call) => (int)(call - _calls);

    public OperationCall* At(int place) => _calls + place;

    /// <summary>Returns the call of an owner; null if it has none.</summary>
    /// <param name="owner">The activity or scope.</param>
    /// <param name="serial">The serial number of the call. If it is another one later, the place belongs to another call.</param>
    public OperationCall* Find(object owner, out long serial)
    {
        int hash = RuntimeHelpers.GetHashCode(owner);
        var call = BucketOf(hash);
        for (int i = 0; i < PerBucket; i++, call++)
        {
            if (call->Hash == hash)
            {
                serial = call->Serial; // before the owner is read
                if (ReferenceEquals(OwnerOf(call), owner))
                {
                    return call;
                }
            }
        }

        serial = 0;
        return null;
    }

    /// <summary>Returns the first of the places that an owner's call can have; the other ones follow.</summary>
    public OperationCall* PlacesOf(object owner) => BucketOf(RuntimeHelpers.GetHashCode(owner));

    /// <summary>
    /// Returns a new call of an owner that has none; null if its bucket is full. The caller holds the lock that all callers hold.
    /// </summary>
    public OperationCall* TryAdd(object owner, long epoch, int detailChanges)
    {
        int hash = RuntimeHelpers.GetHashCode(owner);
        var bucket = BucketOf(hash);
        // Places that were used are used again first. They have a handle, and their memory is at hand.
        for (int i = 0; i < PerBucket; i++)
        {
            if (bucket[i] is { Owner: not 0, IsComplete: true } && TryPlace(bucket + i))
            {
                return bucket + i;
            }
        }

        for (int i = 0; i < PerBucket; i++)
        {
            if (bucket[i].Owner == 0 && TryPlace(bucket + i))
            {
                return bucket + i;
            }
        }

        return null;

        bool TryPlace(OperationCall* call)
        {
            if (call->Owner != 0)
            {
                SetOwner(call, null);
            }

            if (!call->TryBegin(hash, epoch, detailChanges))
            {
                return false;
            }

            if (call->Owner != 0)
            {
                SetOwner(call, owner);
            }
            else
            {
                Volatile.Write(ref call->Owner, GCHandle.ToIntPtr(GCHandle.Alloc(owner, GCHandleType.Weak)));
            }

            return true;
        }
    }

    /// <summary>The owner of a call; null if it has been collected.</summary>
    public static object? OwnerOf(OperationCall* call) =>
        Volatile.Read(ref call->Owner) is not 0 and var handle ? GCHandle.FromIntPtr(handle).Target : null;

    private static void SetOwner(OperationCall* call, object? owner)
    {
        var handle = GCHandle.FromIntPtr(call->Owner);
        handle.Target = owner;
    }

    private static OperationCall* New()
    {
        nint memory = (nint)NativeMemory.AllocZeroed(Count + 1, (nuint)sizeof(OperationCall));
        return (OperationCall*)((memory + sizeof(OperationCall) - 1) & -sizeof(OperationCall));
    }

    private OperationCall* BucketOf(int hash) => _calls + (int)((uint)(hash * 0x9E3779B9) >> 21) * PerBucket;
}
