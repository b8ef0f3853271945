
printf '\n'
if [ "$apply" = no ]; then
  printf 'Nothing was changed. Read the script, then run it with --apply.\n'
else
  printf '%s done, %s failed.\n' "$done_count" "$failed"
fi
cat <<'TEXT'

What is left to do
  1. Every credential that was found is known to whoever has the image: revoke or change it where
     it was issued. Deleting the file does not make it unknown.
  2. Do what the script marks with MANUAL.
  3. Deleted files stay in the free blocks of this volume, in its journal and in every snapshot of
     it. Build the final image from a FRESH volume:
       - attach a new, empty EBS volume to the machine, partition it as the old one, and make its
         file systems with the labels and UUIDs that fstab and the boot loader name
       - copy the files, not the blocks, with the image mounted at OLD and the volume at NEW:
           rsync -aHAXx --numeric-ids OLD/ NEW/
       - install the boot loader on the new volume (grub-install, or copy the EFI partition)
       - unmount it, then:
           aws ec2 create-snapshot --volume-id vol-NEW
           aws ec2 register-image --name NAME --root-device-name /dev/xvda --ena-support \
             --virtualization-type hvm --architecture ARCH --boot-mode MODE --imds-support v2.0 \
             --block-device-mappings 'DeviceName=/dev/xvda,Ebs={SnapshotId=snap-NEW}'
     The better way is to build the image anew from its source, without what was found.
  4. Scan the new image, free blocks too:
       amivet scan --depth forensic ami-NEW
  5. Deregister the old image and delete its snapshots, in every Region that it was copied to.
TEXT
[ "$failed" -eq 0 ]
