"""Have a release here, whole and installed, beside the one that runs: fetched, proved, allowed, tried out."""

from pathlib import Path

from kanban_device.update import course, disk, installation, policy, trust
from kanban_device.update.errors import InstallError, UntrustedError
from kanban_device.update.layout import Layout
from kanban_device.update.machine import Machine, Place, Step
from kanban_device.update.source import Source
from kanban_device.update.state import Memory
from kanban_protocol import release
from kanban_protocol.messages import UpdateFault, UpdateReport, UpdateStep
from kanban_protocol.release import Manifest, ReleaseFile


class Bringing:
    """One release from one source, by way of `folder`, which may hold what came before a cut."""

    def __init__(self, layout: Layout, place: Place, machine: Machine) -> None:
        self._layout = layout
        self._place = place
        self._machine = machine
        self._memory = Memory(layout)

    def bring(self, source: Source, folder: Path, *, number: int | None, force: bool) -> int:
        """Install the release, and return its number, which has to be `number` if one is given.

        Raises an `UpdateError` of the kind that names the fault; what runs is not touched.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._machine.step(Step.FETCH_MANIFEST)
        manifest = self._manifest(source, folder)
        if number is not None and manifest.number != number:
            text = f"asked for release {number}, the hub hands out {manifest.number}"
            raise UntrustedError(UpdateFault.DAMAGED, text)
        state = self._memory.read()
        if manifest.number == state.running:  # its folder is in use: nothing is installed over it
            return manifest.number
        policy.check(manifest, state, self._machine.now(), force=force)
        self._machine.step(Step.FETCH_FILES)
        files = self._files(source, folder, manifest)
        self._machine.step(Step.INSTALL)
        self._install(manifest, folder, files)
        return manifest.number

    def _manifest(self, source: Source, folder: Path) -> Manifest:
        source.manifest(folder)
        try:
            payload, signature = release.read_manifest(folder)
        except (OSError, ValueError) as error:
            raise UntrustedError(UpdateFault.UNSIGNED, str(error)) from error
        manifest = trust.signed(payload, signature, self._place.keys())
        self._memory.change(lambda state: course.seen(state, manifest))
        return manifest

    def _files(self, source: Source, folder: Path, manifest: Manifest) -> list[ReleaseFile]:
        files = manifest.fitting(self._machine.python, self._machine.name)
        if not files:
            version = ".".join(map(str, self._machine.python))
            text = f"release {manifest.number} has no wheel for Python {version} on {self._machine.name}"
            raise InstallError(UpdateFault.UNFIT, text)
        installation.check_room(folder, files)
        for file in files:
            source.file(folder, file)
            if release.faults(folder, [file]):  # what was left from another try may be wrong: once more, anew
                (folder / file.name).unlink(missing_ok=True)
                source.file(folder, file)
        if faults := release.faults(folder, files):
            raise UntrustedError(UpdateFault.DAMAGED, "; ".join(faults))
        return files

    def _install(self, manifest: Manifest, folder: Path, files: list[ReleaseFile]) -> None:
        """The mark holds the manifest's hash: a second build of one number is installed anew."""
        number, target = manifest.number, self._layout.release(manifest.number)
        mark, fingerprint = self._layout.mark(number), release.sha256_of(folder / release.MANIFEST).encode()
        if mark.exists() and mark.read_bytes() == fingerprint:
            return
        self._memory.tell(UpdateReport(release=number, step=UpdateStep.INSTALLING))
        target.parent.mkdir(exist_ok=True)
        installation.install(target, folder, files)
        self._machine.step(Step.TRY_OUT)
        installation.try_out(target, manifest.version, self._place.station)
        self._machine.step(Step.MARK)
        disk.write(mark, fingerprint)
