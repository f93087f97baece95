"""The phone: assigned and returned visits, stations found, previews, sheets of codes, lost phones."""

import sqlalchemy as sa
from alembic import op

import db

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('time_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('secret', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_key'))
    )
    op.create_table('photo_preview',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('sent_by', sa.Integer(), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('stored_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['sent_by'], ['account.id'], name=op.f('fk_photo_preview_sent_by')),
    sa.PrimaryKeyConstraint('sha256', 'sent_by', name=op.f('pk_photo_preview'))
    )
    op.create_table('found_station',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('body_sha256', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('device_id', sa.Integer(), nullable=True),
    sa.Column('arrived_by', sa.String(length=8), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('village_code', sa.String(length=12), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('fix_raw', sa.JSON(), nullable=True),
    sa.Column('nearby', sa.JSON(), nullable=False),
    sa.Column('photos', sa.JSON(), nullable=False),
    sa.Column('clock', sa.JSON(), nullable=False),
    sa.Column('captured_at', db.UtcDateTime(), nullable=False),
    sa.Column('received_at', db.UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', db.UtcDateTime(), nullable=True),
    sa.Column('decided_note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_found_station_account_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_found_station_decided_by')),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_found_station_device_id')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_found_station_station_id')),
    sa.ForeignKeyConstraint(['village_code'], ['org_unit.code'], name=op.f('fk_found_station_village_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_found_station'))
    )
    with op.batch_alter_table('found_station', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_found_station_received_at'), ['received_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_found_station_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_found_station_unit_path'), ['unit_path'], unique=False)

    op.create_table('visit_return',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('marks', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('returned_by', sa.Integer(), nullable=False),
    sa.Column('returned_at', db.UtcDateTime(), nullable=False),
    sa.Column('answered_by', sa.String(length=36), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_visit_return_account_id')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_visit_return_inspection_id')),
    sa.ForeignKeyConstraint(['returned_by'], ['account.id'], name=op.f('fk_visit_return_returned_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_return')),
    sa.UniqueConstraint('inspection_id', name=op.f('uq_visit_return_inspection_id'))
    )
    with op.batch_alter_table('visit_return', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_return_account_id'), ['account_id'], unique=False)

    op.create_table('visit_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('assigned_by', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('assigned_at', db.UtcDateTime(), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=True),
    sa.Column('closed_at', db.UtcDateTime(), nullable=True),
    sa.Column('closed_why', sa.String(length=12), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_visit_task_account_id')),
    sa.ForeignKeyConstraint(['assigned_by'], ['account.id'], name=op.f('fk_visit_task_assigned_by')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_visit_task_inspection_id')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_visit_task_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_task'))
    )
    with op.batch_alter_table('visit_task', schema=None) as batch_op:
        batch_op.create_index('ix_visit_task_account', ['account_id', 'revision'], unique=False)
        batch_op.create_index('ix_visit_task_station', ['station_id', 'account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_task_unit_path'), ['unit_path'], unique=False)

    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.add_column(sa.Column('watch_sha256', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('erases_unsent', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(batch_op.f('ix_device_watch_sha256'), ['watch_sha256'], unique=True)

    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sheet', sa.String(length=36), nullable=True))
        batch_op.create_index(batch_op.f('ix_enrolment_sheet'), ['sheet'], unique=False)

    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.add_column(sa.Column('not_answered', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('replaces_id', sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column('arrived_by', sa.String(length=8), server_default='phone', nullable=False))
        batch_op.add_column(sa.Column('clock_signed_at', db.UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_inspection_replaces_id'), ['replaces_id'], unique=False)

    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.add_column(sa.Column('exif', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('capture', sa.JSON(), nullable=True))

    with op.batch_alter_table('sales_report_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('clock', sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column('sales_report_version', 'clock')

    op.drop_column('photo', 'capture')
    op.drop_column('photo', 'exif')

    op.drop_index(op.f('ix_inspection_replaces_id'), table_name='inspection')
    op.drop_column('inspection', 'clock_signed_at')
    op.drop_column('inspection', 'arrived_by')
    op.drop_column('inspection', 'replaces_id')
    op.drop_column('inspection', 'not_answered')

    op.drop_index(op.f('ix_enrolment_sheet'), table_name='enrolment')
    op.drop_column('enrolment', 'sheet')

    op.drop_index(op.f('ix_device_watch_sha256'), table_name='device')
    op.drop_column('device', 'erases_unsent')
    op.drop_column('device', 'watch_sha256')

    with op.batch_alter_table('visit_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_task_unit_path'))
        batch_op.drop_index('ix_visit_task_station')
        batch_op.drop_index('ix_visit_task_account')

    op.drop_table('visit_task')
    with op.batch_alter_table('visit_return', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_return_account_id'))

    op.drop_table('visit_return')
    with op.batch_alter_table('found_station', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_found_station_unit_path'))
        batch_op.drop_index(batch_op.f('ix_found_station_state'))
        batch_op.drop_index(batch_op.f('ix_found_station_received_at'))

    op.drop_table('found_station')
    op.drop_table('photo_preview')
    op.drop_table('time_key')
